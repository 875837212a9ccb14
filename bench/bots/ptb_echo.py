"""A bare python-telegram-bot echo bot, as its own examples write it: no database, the default request class."""

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bench.fake import TOKEN


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it back."""
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main(url: str, in_flight: int) -> None:
    """Poll until killed."""
    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot")
    if in_flight:
        builder = builder.concurrent_updates(in_flight).connection_pool_size(in_flight).pool_timeout(60)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
