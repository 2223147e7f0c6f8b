// Sends files with tus-js-client as it is told by one JSON object on standard input, and tells what came of it, one JSON object a line.
//
// {endpoint, headers, uploads: [{file, metadata, …}]}; all uploads run at the same time. Of an upload, besides what tus-js-client calls options:
//   abortAt     abort when so many bytes were sent, and say where the upload lies
//   terminate   together with abortAt: also end the upload at the server
//   checksums   "right" or "wrong": send the SHA-256 of each part along
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import * as tus from 'tus-js-client'

const told = JSON.parse(await text(process.stdin))

function checksum(content, kind) {
  const hash = createHash('sha256').update(kind === 'right' ? content : 'something else').digest('base64')
  return `sha256 ${hash}`
}

function send({ file, metadata, abortAt, terminate, checksums, ...options }) {
  const content = readFileSync(file)
  const requests = []
  let receipt = null
  return new Promise((resolve) => {
    const tell = (outcome) => resolve({ file, url: upload.url, requests, receipt, ...outcome })
    let aborting = false
    const upload = new tus.Upload(content, {
      endpoint: told.endpoint,
      headers: told.headers,
      retryDelays: null,
      metadata,
      ...options,
      onBeforeRequest(request) {
        const start = Number(request.getHeader('Upload-Offset') ?? 0)
        if (checksums && request.getHeader('Content-Type') === 'application/offset+octet-stream') {
          request.setHeader('Upload-Checksum', checksum(content.subarray(start, start + (options.chunkSize ?? content.length)), checksums))
        }
      },
      onAfterResponse(request, response) {
        requests.push([request.getMethod(), response.getStatus(), response.getHeader('Tus-Resumable') ?? null])
        receipt = response.getHeader('Fieldapp-Receipt') ?? receipt
      },
      onProgress(sent) {
        if (abortAt === undefined || sent < abortAt || aborting || !upload.url) return
        aborting = true
        upload.abort(terminate ?? false).then(
          () => tell({ ended: 'aborted' }),
          (error) => tell({ ended: 'failed', error: error.message }),
        )
      },
      onSuccess: () => tell({ ended: 'sent' }),
      onError: (error) =>
        tell({ ended: 'failed', status: error.originalResponse?.getStatus() ?? 0, error: error.originalResponse?.getBody() ?? error.message }),
    })
    upload.start()
  })
}

for (const outcome of await Promise.all(told.uploads.map(send))) console.log(JSON.stringify(outcome))
process.exit(0)
