"""A young person's pledge: its words are kept like any view; here is only what makes it a pledge."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, new_id


class Pledge(Model):
    __tablename__ = "pledge"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), unique=True)
    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), unique=True)
    priority_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("priority.id"), index=True)
    avatar: Mapped[dict[str, Any]] = mapped_column(JSON)
