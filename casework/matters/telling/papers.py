"""Papers of the demo: pictures and pages that stand for the described material."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw


def upload(name: str, kind: str = "pdf", caption: str = "") -> SimpleUploadedFile:
    """One upload. kind: "photo", "pdf" (one page) or "note" (a text that says `caption`)."""
    if kind == "note":
        return SimpleUploadedFile(name, f"（演示材料）{caption or name}".encode())
    picture = Image.new("RGB", (1200, 800), "#edf3f2")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 520, 1200, 800), fill="#c9d5d4")
    draw.polygon([(0, 520), (330, 240), (620, 520)], fill="#7c8f92")
    draw.polygon([(420, 520), (820, 180), (1200, 520)], fill="#4a5a60")
    draw.rectangle((60, 60, 1140, 740), outline="#0b5563", width=4)
    out = BytesIO()
    picture.save(out, format="PDF" if kind == "pdf" else "JPEG")
    return SimpleUploadedFile(name, out.getvalue())
