"""What Alembic runs: the migrations, on the connection that schema.upgrade hands over, inside its transaction."""

from alembic import context

from bot.store.tables_group import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # true of SQLite too, as we begin transactions ourselves
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
