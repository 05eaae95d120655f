"""Notebook pages that look like the other pages.

mkdocs-jupyter executes a notebook, but its pages carry 570 kB of styles, a script from another host, random cell ids,
and formulas as raw LaTeX. So here its template is replaced (`notebook_templates/`) by one that writes Markdown: prose
as it stands, code as fenced blocks, outputs as finished HTML. MkDocs then renders that like any page: same
highlighting, same links checked by the strict build, same placeholders for results.
"""

import base64
import hashlib
import html
import os
import re
from contextlib import suppress
from pathlib import Path

import jupytext
import mkdocs_jupyter.config
from meanwhile import meanwhile
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from nbconvert.exporters.templateexporter import default_filters

TEMPLATES = Path(__file__).parent / "notebook_templates"

executed = []  # what waits for the notebooks of this build


def on_config(config):
    """Makes ready what executes the notebooks, and where their outputs are kept."""
    project = Path(config.config_file_path).parent
    prepare_kernel(project)
    # mkdocs-jupyter notices when a notebook's own text has changed, but not when a module that it imports has.
    cache = project / ".cache" / "notebooks"
    state = fingerprint(project, config.extra["made"].kept)
    config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(cache / state)
    for stale in cache.glob("*/*.json"):
        if stale.parent.name != state:
            stale.unlink()
    mkdocs_jupyter.config.settings.templates_dir = str(TEMPLATES)
    default_filters["cell_as_markdown"] = cell_as_markdown
    executed.append(meanwhile(lambda: execute(config)))
    return config


def execute(config):
    """Has all notebooks executed, and their outputs kept, while other things are made. One that fails is left to its
    page, which says so.
    """
    plugin = config.plugins["mkdocs-jupyter"]
    plugin.on_pre_build(config)
    for path in notebooks(Path(config.docs_dir)):
        page = Page(None, File(path, config.docs_dir, config.site_dir, config.use_directory_urls), config)
        with suppress(Exception):
            plugin.on_pre_page(page, config, Files([])).render(config, Files([]))


def notebooks(docs):
    """The notebooks, as MkDocs names them."""
    return sorted(path.relative_to(docs).as_posix() for path in docs.glob("notebooks/*.py"))


def prepare_kernel(project):
    """The process that executes a notebook sees the project, and nothing of the start-up files in somebody's home."""
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if str(project) not in paths:
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(project), *paths]))
    settings = project / ".cache" / "ipython"
    profile = settings / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    # Its warnings are about itself; a notebook's own are caught below.
    (profile / "ipython_kernel_config.py").write_text("c.IPKernelApp.log_level = 40\n")
    os.environ["IPYTHONDIR"] = str(settings)


def fingerprint(project, kept):
    """Changes with whatever the outputs of the notebooks depend on, apart from the notebooks themselves."""
    from derivations.site.notebooks import notebooks_key  # only now: `mkdocs serve` imports it anew after an edit

    docs = project / "docs"
    texts = [(docs / path).read_text(encoding="utf-8") for path in notebooks(docs)]
    sources = [project / "requirements.txt", Path(__file__), *TEMPLATES.rglob("*.j2")]
    written = hashlib.sha256("".join(texts).encode()).hexdigest()
    digest = hashlib.sha256(kept.value(f"notebooks {written}", lambda: notebooks_key(texts)).encode())
    for source in sorted(source for source in sources if source.exists()):
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def on_page_markdown(markdown, page, config, files):
    """Takes the description of a notebook from its head, where MkDocs does not look."""
    if page.file.src_uri.startswith("notebooks/"):
        while executed:
            executed.pop()()
        page.meta |= {"description": jupytext.read(page.file.abs_src_path).metadata["description"]}


def on_page_content(content, page, config, files):
    """Renders the Markdown of a notebook as MkDocs renders every page."""
    if not page.file.src_uri.startswith("notebooks/"):
        return content
    page.markdown = html.unescape(content.removeprefix("<pre>").removesuffix("</pre>"))
    type(page).render(page, config, files)  # the class's own; mkdocs-jupyter has put another on this page
    # The chapters are one folder up.
    content = re.sub(r'(class="(?:source|cites|label|rule)" href=")', r"\1../", page.content)
    content = re.sub(r"<!--output:([\w+/=]+)-->", lambda found: base64.b64decode(found[1]).decode(), content)
    script = Path(page.file.src_uri).name  # mkdocs-jupyter puts it beside the page
    return f'{content}\n<p><a href="{script}" download>Download this page as a Python script</a></p>'


def cell_as_markdown(cell):
    """One cell of an executed notebook."""
    if cell.cell_type == "markdown":
        return cell.source + "\n\n"
    if cell.cell_type != "code" or not cell.source.strip():
        return ""
    fence = "`" * 4
    outputs = "\n".join(output_as_html(output, cell) for output in joined(cell.outputs))
    code = f"{fence} python\n{cell.source}\n{fence}\n\n"
    if not outputs:
        return code
    # Kept out of Markdown's sight, which would take a `*` or a `{` of an output for its own.
    return f"{code}<!--output:{base64.b64encode(outputs.encode()).decode()}-->\n\n"


def joined(outputs):
    """The outputs, with what was printed in one piece: how many pieces it comes in depends on the moment."""
    whole = []
    for output in outputs:
        if whole and output.output_type == whole[-1].output_type == "stream" and output.name == whole[-1].name:
            whole[-1].text += output.text
        else:
            whole.append(output.copy())
    return whole


def output_as_html(output, cell):
    """One output: what was printed, a formula, a picture, a table, or the value of the last line."""
    if output.output_type == "stream":
        if output.name == "stderr":  # a warning: it names paths of this machine, and such a page is not finished
            raise PluginError(f"A notebook's cell writes to stderr.\nThe cell:\n{cell.source}\nwrites:\n{output.text}")
        return text(output.text)
    data = output.get("data", {})
    if "text/latex" in data:
        return formula(data["text/latex"])
    if "image/svg+xml" in data:
        return picture("image/svg+xml", base64.b64encode(data["image/svg+xml"].encode()).decode(), cell)
    if "image/png" in data:
        return picture("image/png", data["image/png"].replace("\n", ""), cell)
    if "text/html" in data:
        table = re.sub(r"<style.*?</style>", "", data["text/html"], flags=re.DOTALL)
        return f'<div class="output md-typeset__scrollwrap">{table}</div>'
    return text(data.get("text/plain", ""))


def text(printed):
    shown = html.escape(printed.rstrip(), quote=False)
    return f'<pre class="output" tabindex="0" role="group" aria-label="output" data-search-exclude>{shown}</pre>'


def formula(latex):
    from derivations.site.pieces import mathml  # only now: `mkdocs serve` imports it anew when a derivation was edited

    bare = latex.strip().strip("$").strip().removeprefix(r"\displaystyle").strip()
    return f'<div class="display" data-search-exclude><div class="formula">{mathml(bare, True)}</div></div>'


def picture(kind, data, cell):
    """A picture as an image: its styles stay inside. What it shows is said in the cell's head: `# %% alt="..."`."""
    alt = cell.metadata.get("alt")
    if not alt:
        raise PluginError(
            f'A notebook\'s picture has no description. Give its cell one, `# %% alt="..."`:\n{cell.source}')
    return f'<figure class="output"><img src="data:{kind};base64,{data}" alt="{html.escape(alt)}"></figure>'
