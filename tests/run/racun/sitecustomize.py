"""Put on the path of the processes that code: articles that break them, each in its own way."""

import os
import signal
import time
from typing import Any

from kawat.run import steps

_prepare = steps._prepare


def _poisoned(article: Any) -> Any:
    text = article.text
    if "racun-mati" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "racun-lama" in text:
        time.sleep(600)
    if "racun-besar" in text:
        bytearray(3 << 30)
    if "racun-salah" in text:
        raise ValueError(text[:10])
    if os.environ.get("RACUN_LAMBAT"):
        time.sleep(float(os.environ["RACUN_LAMBAT"]))
    return _prepare(article)


steps._prepare = _poisoned
