"""Recognise the kinds of file we take by their first bytes, never by their name."""

JPEG, PNG, WEBP, HEIC, AVIF, GIF, TIFF, PDF = "JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "TIFF", "PDF"
# ISO base media brands that hold still HEVC pictures (ISO/IEC 23008-12), and those of AV1 pictures (AVIF 1.1).
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
AVIF_BRANDS = {b"avif", b"avis"}
HEAD_BYTES = 1024


def kind_of(head: bytes) -> str:
    """Return the kind of file that begins with `head` (1,024 bytes are enough), or "" for any other."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[:6] in {b"GIF87a", b"GIF89a"}:
        return GIF
    # BigTIFF (43) holds files of more than 4 GB, which no receipt is.
    if head[:4] in {b"II*\0", b"MM\0*"}:
        return TIFF
    if head[4:8] == b"ftyp":
        return _of_brand(head)
    # Readers find the PDF header anywhere in the first kilobyte; some scanners write a few bytes before it.
    if b"%PDF-" in head[:HEAD_BYTES]:
        return PDF
    return ""


def _of_brand(head: bytes) -> str:
    brand = head[8:12]
    if brand in AVIF_BRANDS:
        return AVIF
    if brand in HEIC_BRANDS:
        # Some writers name the general brand first and AV1 among those that follow.
        others = {head[at : at + 4] for at in range(16, min(int.from_bytes(head[:4], "big"), 256), 4)}
        return AVIF if others & AVIF_BRANDS and not others & (HEIC_BRANDS - {b"mif1", b"msf1"}) else HEIC
    return ""
