"""Photos of telephones (HEIC) as JPEG, without traces (pillow-heif, where it is installed)."""

from io import BytesIO

from PIL import Image, ImageOps

from office.metadata.apart.saying import Found, Refused

try:
    import pillow_heif
except ImportError:  # its wheel is under the GPL: an office may do without
    pillow_heif = None  # type: ignore[assignment]

MOST_PIXELS = 100_000_000
_QUALITY = 92  # no loss an eye sees
_ASK = "请在手机上改用“兼容性最佳”（JPEG）拍摄，或用看图软件另存为 .jpg 后再上传。"


def converted(data: bytes) -> Found:
    """The photo as JPEG, turned as it is to be seen; colours keep their profile. Raises Refused."""
    if pillow_heif is None:
        raise Refused(f"这台机器不能读 HEIC 照片。{_ASK}")
    pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    out = BytesIO()
    try:
        with Image.open(BytesIO(data), formats=["HEIF"]) as photo:
            if photo.width * photo.height > MOST_PIXELS:
                raise Refused(f"照片太大。{_ASK}")
            profile = photo.info.get("icc_profile")
            plain = ImageOps.exif_transpose(photo).convert("RGB")
            plain.info.clear()
            plain.save(out, "JPEG", quality=_QUALITY, icc_profile=profile)
    except Refused:
        raise
    except Exception as error:
        raise Refused(f"HEIC 照片打不开，可能没有传完整。{_ASK}") from error
    return Found(cleaned=out.getvalue())
