"""What travels between laptop and district: messages, their JSON, the protocol's version. The contract is PROTOCOL.md beside this file."""
