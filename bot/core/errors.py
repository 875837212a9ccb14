"""What can go wrong, as one tree.

KaoguanError
├── BankError        a question bank is wrong; carries every problem
├── GradingError     there is nothing an answer could be graded by
└── StartError       the process cannot start: one plain sentence

A wrong environment is `bot.settings.SettingsError`: settings stand below this layer.
"""


class KaoguanError(Exception):
    """The root: its message is one plain sentence for an operator."""


class StartError(KaoguanError):
    """The process cannot start; the message says what to do."""


class GradingError(KaoguanError):
    """There is nothing an answer could be graded by; the message says what to do."""


class ProblemsError(KaoguanError):
    """Several problems at once, one sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class BankError(ProblemsError):
    """Every mistake of every file, each as `path:line: sentence`."""
