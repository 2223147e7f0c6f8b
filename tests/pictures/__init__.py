"""Pictures of every screen and dialog of the laptop's app, from the real windows over a real encrypted profile with invented children.

`make pictures` draws all of them in every look; `make pictures ONLY=today` those whose names begin so (more in `tests.pictures.__main__`).

From another script, a guide's for instance, one picture at a time. The process must have been started with Qt's offscreen platform and, for
125 %, with QT_SCALE_FACTOR=1.25 in its environment, since Qt reads both only once:

    from tests.pictures.album import Album, names
    with Album(Path("build/guide")) as album:                 # makes the QApplication if there is none, and the profiles
        path = album.take("visit-outcome")                    # light, Thai, 1366x768
        path = album.take("card-care", theme="dark", language="en", size=(1366, 768), file=Path("care.png"))
        path = album.take("dialog-urgent", alone=True)        # the dialog without the window under it
    print(names())                                            # what there is to ask for

A scene is one function (in `tests.pictures.scenes_*`) that brings a `Desk` to where its picture is taken; `Album.posed` gives the window
itself to whoever wants more than its pixels, as the tests of accessibility do.
"""
