"""An SMTP server for development: keeps each mail as a file. smtp_sink.py PORT FOLDER; needs python3-aiosmtpd."""
import pathlib
import signal
import sys

from aiosmtpd.controller import Controller


class Keep:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.count = len(list(self.folder.glob("*.eml")))

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        (self.folder / f"{self.count:06}.eml").write_bytes(envelope.content)
        return "250 Ok"


controller = Controller(Keep(sys.argv[2]), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
signal.sigwait({signal.SIGTERM, signal.SIGINT})
controller.stop()
