"""`winnow completion`: complete commands and options in the shell."""

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    r"""Print the script that completes commands and options in SHELL.

    \b
    bash   add to ~/.bashrc:  eval "$(winnow completion bash)"
    zsh    add to ~/.zshrc:   eval "$(winnow completion zsh)"
    fish   winnow completion fish > ~/.config/fish/completions/winnow.fish
    """
    script = get_completion_class(shell)
    assert script is not None  # click knows the three shells
    click.echo(script(context.find_root().command, {}, "winnow", "_WINNOW_COMPLETE").source())
