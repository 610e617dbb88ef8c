"""What must be proved (kernels.list) against what stands in the tree, in both directions."""

from toolchain import Failure


def kernels(path):
    rows = []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.split("#")[0].strip()
            if not line:
                continue
            fields = [field.strip() for field in line.split("|")]
            models = fields[-1].replace(",", " ").split()
            if len(fields) != 3 or not set(models) <= {"real", "float"} or not models:
                raise Failure(f"{path}:{number}: want: function | file | real, float")
            rows.append((fields[0], fields[1], models))
    return rows


def kernels_by_unit(path):
    units = {}
    for function, source, models in kernels(path):
        for model in models:
            units.setdefault((source, model), []).append(function)
    return [(source, model, functions) for (source, model), functions in units.items()]
