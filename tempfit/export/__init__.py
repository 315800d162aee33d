"""An experiment to take along: each run as a plain PyTorch script, and how the files are called."""

from tempfit.export.origin import Origin as Origin
from tempfit.export.readings import PASTED as PASTED
from tempfit.export.script import file_name as file_name
from tempfit.export.script import head as head
from tempfit.export.script import script as script
from tempfit.export.script import tail as tail
