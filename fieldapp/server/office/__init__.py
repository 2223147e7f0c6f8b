"""The office's web pages: server-rendered, in Thai, without anything from the internet. For now one page that says what answers here."""
