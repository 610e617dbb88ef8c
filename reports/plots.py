"""Plots as inline SVG. gnuplot draws numbers only; every text of a run stays outside it, in HTML.

Sizes are plotted as their logarithms, taken in decimal arithmetic, so 1e-412 is a point like any other.
gnuplot's colours are markers: `rgb(160, 0, k)` becomes the class `c<k>`, which the style sheet colours
for light and dark. No id is left in an SVG, so any number of them share one page.
"""
import math
import os
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from digits import exact, log2, log10, short

WIDTH, HEIGHT = 460, 320
AXIS, GRID = 14, 15
STYLES = {"line": "with lines lw 1.8 dt solid", "dashed": "with lines lw 1.6 dt (8,5)",
          "dotted": "with lines lw 1.6 dt (2,4)", "dots": "with points pt 7 ps 0.75",
          "rings": "with points pt 6 ps 1.05 lw 1.4", "path": "with linespoints pt 7 ps 0.75 lw 1.4"}
MOST_POINTS = 400


@dataclass
class Series:
    label: str
    style: str
    colour: int
    points: list  # of (x, y) floats, as drawn


@dataclass
class Plot:
    title: str
    x_label: str
    y_label: str
    series: list
    x_power: int = 0  # 2: the axis is labelled 2^x; 10 likewise; 0: plain numbers
    y_power: int = 0
    note: str = ""
    svg: Markup = field(default=Markup(""))


def of_run(run):
    """The plots of one run, not yet drawn."""
    return [plot for plot in (error_plot(run), roundoff_plot(run), *curve_plots(run)) if plot]


def log_points(rows, key):
    pairs = [(log2(row.get("h")), log10(row.get(key))) for row in rows]
    return sorted((x, y) for x, y in pairs if x is not None and y is not None)


def error_plot(run):
    """log error against log h, with predicted constant*h^order, the bound, and doubles."""
    rows = run["rows"]
    if not run["order"] and not run["constant"]:
        return None
    measured = log_points(rows, "value")
    if len({x for x, _ in measured}) < 2:
        return None
    series, order, constant = [], run["order"] or {}, run["constant"] or {}
    if bound := log_points(rows, "bound"):
        series.append(Series("bound", "dotted", 3, bound))
    power, size = exact(order.get("expected")), log10(constant.get("predicted"))
    if power is not None and size is not None:
        line = [(x, size + float(power) * x * math.log10(2)) for x, _ in (measured[0], measured[-1])]
        series.append(Series(f"predicted {short(constant['predicted'])} h" + (f"^{power}" if power != 1 else ""), "dashed", 2, line))
    if double := log_points(rows, "double_value"):
        series.append(Series("double precision", "rings", 4, double))
    series.append(Series("measured", "dots", 1, measured))
    return Plot("Error against step size", "step size h", run["observable"] or "error", series, 2, 10)


def roundoff_plot(run):
    """The leg that the doubles add: |double - reference| grows as h falls."""
    leg = log_points(run["rows"], "roundoff")
    if len({x for x, _ in leg}) < 2:
        return None
    guide = sorted((log2(row.get("h")), log10(row["steps"]) - 53 * math.log10(2)) for row in run["rows"]
                   if log2(row.get("h")) is not None and log10(row.get("steps")) is not None)
    series = [Series("2^-53 × steps, for scale", "dashed", 5, guide)] if len(guide) > 1 else []
    series.append(Series("|double − reference|", "rings", 4, leg))
    return Plot("Round-off leg", "step size h", "round-off", series, 2, 10)


def curve_plots(run):
    """Further curves of the run, such as distances to the manifold between their two bounds. Curves
    named "..., h = 2^-7" belong together; of several steps the coarsest and the finest are drawn."""
    groups = {}
    for curve in run["curves"]:
        name, _, step = curve["name"].partition(", h = ")
        groups.setdefault(step, []).append({"name": name, "points": curve["points"]})
    steps = sorted(groups, key=lambda step: log2(step) if log2(step) is not None else math.inf)
    kept = steps if len(steps) < 3 else [steps[0], steps[-1]]
    left = [step for step in steps if step not in kept]
    plots = [plot for step in reversed(kept) if (plot := curve_plot(run, step, groups[step]))]
    if left and plots:
        plots[-1].note += f" On record without a plot: h = {', '.join(reversed(left))} (report.json)."
    return plots


def curve_plot(run, step, curves):
    drawn, thinned = [], False
    for curve in curves:
        pairs = [(exact(x), exact(y)) for x, y in curve["points"]]
        pairs = sorted((x, y) for x, y in pairs if x is not None and y is not None
                       and math.isfinite(float(x)) and math.isfinite(float(y)))
        if pairs:
            kept = thin(pairs)
            thinned = thinned or len(kept) < len(pairs)
            drawn.append((curve["name"], kept))
    if not drawn:
        return None
    sizes = [y for _, points in drawn for _, y in points]
    logarithmic = min(sizes) > 0 and max(sizes) > 100 * min(sizes)
    halving = re.search(r"\bh$", run["x_label"]) and min(points[0][0] for _, points in drawn) > 0
    series = []
    for number, (name, points) in enumerate(drawn):
        points = [(log2(x) if halving else float(x), log10(y) if logarithmic else float(y)) for x, y in points]
        kind = next((k for k in ("bound", "control") if k in name.lower()), "")
        style = {"bound": "dashed", "control": "dotted"}.get(kind, "path" if len(points) < 60 else "line")
        colour = {"bound": 3, "control": 2}.get(kind) or (1, 4, 5, 6)[number % 4]
        series.append(Series(name, style, colour, points))
    title = run["y_label"] or drawn[0][0]
    title = title[:1].upper() + title[1:] + (f", h = {step}" if step else "")
    note = f"Drawn with at most {MOST_POINTS} points a curve, extremes kept." if thinned else ""
    return Plot(title, run["x_label"] or "n", run["y_label"], series, 2 if halving else 0,
                10 if logarithmic else 0, note)


def thin(points):
    """At most MOST_POINTS points: the least and the greatest of each stretch."""
    if len(points) <= MOST_POINTS:
        return points
    stretch = math.ceil(2 * len(points) / MOST_POINTS)
    kept = set()
    for first in range(0, len(points), stretch):
        part = range(first, min(first + stretch, len(points)))
        kept |= {min(part, key=lambda k: points[k][1]), max(part, key=lambda k: points[k][1])}
    return [points[k] for k in sorted(kept)]


def draw(plots):
    """Fills in plot.svg for every plot, by one run of gnuplot."""
    if not plots:
        return
    with tempfile.TemporaryDirectory() as directory:
        script = "\n".join(commands(plot, f"{directory}/{k}.svg") for k, plot in enumerate(plots))
        done = subprocess.run(["gnuplot", "-"], input=script, capture_output=True, text=True,
                              env={**os.environ, "LC_ALL": "C", "GNUPLOT_LIB": ""}, check=False)
        if done.returncode or done.stderr.strip():
            raise RuntimeError("gnuplot: " + done.stderr.strip())
        for k, plot in enumerate(plots):
            plot.svg = restyle(f"{directory}/{k}.svg", plot)


def commands(plot, path):
    lines = ["reset", f'set terminal svg dynamic size {WIDTH},{HEIGHT} font "sans,13" enhanced',
             f'set output "{path}"', "unset key", f'set border 3 lc rgb "#a0000{AXIS:x}" lw 1',
             "set tics nomirror scale 0.5",
             f'set grid lc rgb "#a0000{GRID:x}" lw 1 dt solid back']
    for axis, power, side in (("x", plot.x_power, 0), ("y", plot.y_power, 1)):
        values = [point[side] for series in plot.series for point in series.points]
        lines += axis_commands(axis, power, min(values), max(values))
    for k, series in enumerate(plot.series):
        lines += [f"$d{k} << EOD", *(f"{x:.15g} {y:.15g}" for x, y in series.points), "EOD"]
    lines.append("plot " + ", ".join(f'$d{k} {STYLES[series.style]} lc rgb "#a0000{series.colour:x}"'
                                     for k, series in enumerate(plot.series)))
    return "\n".join(lines + ["unset output"])


def axis_commands(axis, power, low, high):
    if not power:
        pad = 0.06 * (high - low) or max(abs(high) * 0.05, 1e-9)
        if axis == "x":
            return [f"set xrange [{low:.15g}:{low + max(high - low, 1e-9) * 1.02:.15g}]", 'set format x "%g"']
        return [f"set yrange [{low - pad:.15g}:{high + pad:.15g}]", 'set format y "%g"']
    low, high = math.floor(low), math.ceil(high)
    high = max(high, low + 1)
    step = max(1, math.ceil((high - low) / (8 if axis == "x" else 7)))
    ends = (low - 0.35, high + 0.35) if axis == "x" else (low, high)
    return [f"set {axis}range [{ends[0]}:{ends[1]}]", f"set {axis}tics {low},{step},{high}",
            f'set format {axis} "{power}^{{%g}}"']


def colour_class(text):
    match = re.fullmatch(r"rgb\(\s*160,\s*0,\s*(\d+)\)", text or "")
    return f"c{match[1]}" if match else ""


def restyle(path, plot):
    """gnuplot's SVG with classes for colours, circles for point symbols, no ids, no empty groups."""
    root = ElementTree.parse(path).getroot()
    out = []
    walk(root, "1", out)
    where = f"{plot.title}: {plot.y_label} against {plot.x_label}" if plot.y_label else plot.title
    names = "; ".join(series.label for series in plot.series)
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, HEIGHT, f"{where}. Drawn: {names}.", Markup("".join(out)))


def walk(element, width, out):
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag == "g" and child.find("{*}text") is not None:
            out.append(label(child))
        elif tag == "g":
            walk(child, child.get("stroke-width", width), out)
        elif tag == "path" and colour_class(child.get("stroke")):
            dashes = child.get("stroke-dasharray")
            dash = f' stroke-dasharray="{escape(dashes.strip())}"' if dashes else ""
            out.append(f'<path class="{colour_class(child.get("stroke"))}" stroke-width="{float(width):g}"'
                       f'{dash} d="{escape(" ".join(child.get("d").split()))}"/>')
        elif tag == "use":
            out.append(symbol(child, width))


def symbol(use, width):
    x, y, size = re.findall(r"-?[\d.]+", use.get("transform"))
    solid = use.get("{http://www.w3.org/1999/xlink}href") == "#gpPt6"
    ring = "" if solid else f' stroke-width="{float(width):g}"'
    return (f'<circle class="{"dot" if solid else "ring"} {colour_class(use.get("color"))}"'
            f' cx="{x}" cy="{y}" r="{size}"{ring}/>')


def label(group):
    x, y = re.findall(r"-?[\d.]+", group.get("transform"))[:2]
    parts = [(span.text or "", span.get("dy")) for span in group.iter() if span.tag.endswith("tspan")]
    parts = [(text, shift) for text, shift in parts if text.strip()]
    if not parts:
        parts = [("".join(group.itertext()).strip(), None)]
    body = "".join(f'<tspan dy="{escape(shift.removesuffix("px"))}" class="up">{escape(minus(text))}</tspan>'
                   if shift else str(escape(minus(text))) for text, shift in parts)
    return f'<text x="{x}" y="{y}" text-anchor="{group.get("text-anchor", "start")}">{body}</text>'


def minus(text):
    return text.strip().replace("-", "\N{MINUS SIGN}")
