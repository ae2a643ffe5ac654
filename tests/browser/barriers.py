"""What axe finds in a page, said so that it can be mended."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe


def serious(page: Any) -> list[str]:
    """Violations of serious or critical impact, each with its rule and the first elements."""
    return [
        f"{found['id']}: {found['help']}: {[node['html'][:140] for node in found['nodes'][:3]]}"
        for found in Axe().run(page).response["violations"]
        if found["impact"] in ("serious", "critical")
    ]


def widest(page: Any) -> int:
    """The width that the page takes, in CSS pixels."""
    return int(
        page.evaluate("Math.max(...[...document.querySelectorAll('html, .stMain')].map(e => e.scrollWidth))")
    )
