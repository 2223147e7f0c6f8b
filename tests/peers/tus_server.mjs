// A district as far as photos go, made of @tus/server: told by one JSON object as its argument
// {folder, port, seed (Ed25519, hex), district}, it prints its port and serves until its standard input ends.
// For an upload that is complete it signs a receipt, as PROTOCOL.md says.
import { createHash, createPrivateKey, sign } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

const { folder, port, seed, district } = JSON.parse(process.argv[2])
const photos = '/api/v1/photos'
const receipts = join(folder, 'receipts')
mkdirSync(receipts, { recursive: true })
const key = createPrivateKey({ key: Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex'), format: 'der', type: 'pkcs8' })

function receiptFor(subject, bytes) {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const signed = { district_id: district, recorded_at: '2026-11-22T03:31:05.250000Z', sequence: 1, sha256, subject }
  const signature = sign(null, Buffer.from(`fieldapp receipt 1\n${JSON.stringify(signed)}`), key).toString('hex')
  return JSON.stringify({ ...signed, signature })
}

const store = new FileStore({ directory: folder })
const tus = new Server({
  path: photos,
  datastore: store,
  relativeLocation: false,
  async onUploadFinish(request, upload) {
    const receipt = receiptFor(upload.metadata.photo_id, readFileSync(join(folder, upload.id)))
    writeFileSync(join(receipts, upload.metadata.photo_id), receipt)
    return { headers: { 'Fieldapp-Receipt': Buffer.from(receipt).toString('base64url') } }
  },
})

const server = createServer((request, response) => {
  response.setHeader('Fieldapp-Protocol', '1')
  const asked = request.url.match(/^\/api\/v1\/photos\/([^/]+)\/receipt$/)
  if (!asked) return tus.handle(request, response)
  const kept = join(receipts, asked[1])
  if (existsSync(kept)) return response.writeHead(200, { 'Content-Type': 'application/json' }).end(readFileSync(kept))
  const problem = { type: 'about:blank', title: 'no receipt', status: 404, code: 'unknown_record' }
  return response.writeHead(404, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify(problem))
})
server.listen(port, '127.0.0.1', () => console.log(server.address().port))
process.stdin.on('end', () => process.exit(0)).resume()
