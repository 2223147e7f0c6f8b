"""Photos on their way in: tus, uploads, where the bytes lie, and the receipts for them."""
