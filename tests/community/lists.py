"""A list of people, and where it is handed in."""

from tests.drivers.driver import SeenForm
from tests.world import World

LIST = (
    "name,account,role,mentor,zone,coordinator\n"
    "Tomás Berg,@tomas,mentor,,,\n"
    "Paul,@p1,mentee,Tomás Berg,Europe/Berlin,Rosa Delgado\n"
    ",@p2,mentee,Amara Okafor,,\n"
)


async def form_of(there: World) -> SeenForm:
    """Open the import's form."""
    form = (await there.driver.commands("rosa", "/mentor-admin import")).form
    assert form is not None
    return form
