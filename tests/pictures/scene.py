"""What a scene is, and the list of all of them."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from tests.pictures.desk import Desk, Pose


@dataclass(frozen=True, slots=True)
class Scene:
    """`name` names the picture; `shows` are the classes of screens and dialogs that are to be seen on it. `pose` brings a desk there."""

    name: str
    pose: Pose
    shows: tuple[type[QWidget], ...]


SCENES: dict[str, Scene] = {}


def scene(name: str, *shows: type[QWidget]) -> Callable[[Pose], Pose]:
    """Put a function on the list."""

    def keep(pose: Pose) -> Pose:
        add(name, pose, *shows)
        return pose

    return keep


def add(name: str, pose: Callable[[Desk], None], *shows: type[QWidget]) -> None:
    assert name not in SCENES, name
    SCENES[name] = Scene(name, pose, shows)
