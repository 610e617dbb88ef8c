"""The sparse-recovery map as inline SVG: the l1 gap over (gamma, 1 - beta), lines of equal lambda."""
import math

from markupsafe import Markup, escape

CELL_WIDTH, CELL_HEIGHT, LEFT, TOP = 52, 34, 76, 12


def draw(data):
    """Rows by gamma, columns by beta; opacity grows with log(gap); cells of one lambda are joined."""
    cells = [cell for cell in data["cells"] if float(cell["l1_gap"]) > 0]
    gammas = sorted({float(cell["gamma"]) for cell in cells}, reverse=True)
    betas = sorted({float(cell["beta"]) for cell in cells})
    logs = [math.log(float(cell["l1_gap"])) for cell in cells]
    low, span = min(logs), max(logs) - min(logs) or 1
    out, lines = [], {}
    for cell, size in zip(cells, logs):
        x = LEFT + CELL_WIDTH * betas.index(float(cell["beta"]))
        y = TOP + CELL_HEIGHT * gammas.index(float(cell["gamma"]))
        label = f"gamma {cell['gamma']}, beta {cell['beta']}, lambda {cell['lambda']}: gap {cell['l1_gap']}"
        out.append(f'<rect x="{x}" y="{y}" width="{CELL_WIDTH}" height="{CELL_HEIGHT}" fill="currentColor" '
                   f'fill-opacity="{0.04 + 0.5 * (size - low) / span:.3f}"><title>{escape(label)}</title></rect>'
                   f'<text x="{x + CELL_WIDTH / 2}" y="{y + CELL_HEIGHT / 2 + 4}" text-anchor="middle">'
                   f'{float(cell["l1_gap"]):.3g}{"" if cell["converged"] else "*"}</text>')
        lines.setdefault(cell["lambda"], []).append((x + CELL_WIDTH / 2, y + CELL_HEIGHT / 2))
    for points in lines.values():
        if len(points) > 1:
            path = " ".join(f"{x},{y}" for x, y in sorted(points))
            out.append(f'<polyline points="{path}" fill="none" stroke="currentColor" stroke-opacity="0.35" stroke-dasharray="3 4"/>')
    for i, gamma in enumerate(gammas):
        out.append(f'<text x="{LEFT - 6}" y="{TOP + CELL_HEIGHT * i + CELL_HEIGHT / 2 + 4}" text-anchor="end">{gamma:g}</text>')
    bottom = TOP + CELL_HEIGHT * len(gammas) + 16
    for k, beta in enumerate(betas):
        out.append(f'<text x="{LEFT + CELL_WIDTH * (k + 0.5)}" y="{bottom}" text-anchor="middle">{beta:.3g}</text>')
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        LEFT + CELL_WIDTH * len(betas) + 8, bottom + 8,
        "l1 gap of the solution found, by gamma (rows) and beta (columns); dashed lines join equal lambda",
        Markup("".join(out)))
