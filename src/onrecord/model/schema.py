"""JSON Schema of the files of a knowledge base, for editors that complete and check while one types.

`python -m onrecord.model.schema docs/schemas` writes one file a folder of `data/`, and one for each file
beside them (JSON Schema 2020-12). A test compares them with the models.
"""

import json
import sys
from pathlib import Path

from onrecord.model.files import FILES, FOLDERS


def schemas() -> dict[str, str]:
    """File name → text of the schema."""
    written = {}
    models = FOLDERS | {name.removesuffix(".yaml"): model for name, model in FILES.items()}
    for name, model in models.items():
        head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        schema = head | model.model_json_schema()
        written[f"{name}.schema.json"] = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
    return written


def main(folder: Path) -> None:
    """Writes the schemas into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
