"""The parts of a bill as one bar: one line of SVG, readable in light and dark themes."""

from html import escape

from helpers.cost.bill import Bill, money

WIDTH, BAR, ROW, LETTER = 760, 22, 22, 6.6  # in SVG units: the whole, the bar, a row of the legend, about a letter
# Readable on white and on near-black; the parts of one service are alike.
COLOURS = {
    ("Lambda", "requests"): "#f0a03c",
    ("Lambda", "duration"): "#d06a00",
    ("Lambda", "provisioned"): "#b08a20",
    ("Lambda", "INIT"): "#c8503c",
    ("Lambda", "SnapStart"): "#8c7a3c",
    ("Lambda", "ephemeral"): "#a06438",
    ("API Gateway", "HTTP"): "#8a5cd0",
    ("API Gateway", "REST"): "#8a5cd0",
    ("CloudWatch Logs", "ingestion"): "#c04890",
    ("Data transfer", "to"): "#00899a",
}


def draw(bill: Bill) -> str:
    """Return the picture of `bill`, a sentence if it costs nothing."""
    parts, total = bill.parts, bill.total
    if not parts:
        return "<p>This month costs nothing.</p>"
    pieces, x, left, top = [], 0.0, 0.0, BAR + ROW
    for (service, what), usd in parts.items():
        fill = colour(service, what)
        words = f"{service}, {what}: {share(usd, total)}"
        width = max(WIDTH * usd / total, 0.5)
        title = f"<title>{escape(words)}, USD {money(usd)}</title>"
        pieces.append(f'<rect x="{x:.1f}" width="{width:.1f}" height="{BAR}" fill="{fill}">{title}</rect>')
        x += WIDTH * usd / total
        room = 20 + LETTER * len(words) + 24
        if left + room > WIDTH and left:
            left, top = 0.0, top + ROW
        pieces.append(f'<rect x="{left:.0f}" y="{top - 11}" width="12" height="12" rx="2" fill="{fill}"/>')
        pieces.append(f'<text x="{left + 18:.0f}" y="{top}" fill="currentColor">{escape(words)}</text>')
        left += room
    return (
        f'<svg class="lab-cost-bar" role="img" viewBox="0 0 {WIDTH} {top + 8}" width="100%" '
        f'style="max-width: {WIDTH}px" font-family="sans-serif" font-size="12">'
        f"<title>Where USD {money(total)} go</title>{''.join(pieces)}</svg>"
    )


def colour(service: str, what: str) -> str:
    """Return the colour of a part of a bill."""
    return COLOURS[service, what.split()[0]]


def share(usd: float, total: float) -> str:
    """Return the share as text, such as "62 %"."""
    percent = 100 * usd / total
    return "< 1 %" if percent < 1 else f"{percent:.0f} %"
