"""Read two columns of numbers from whatever people call a CSV file, or say why not."""

from tempfit.reading.pair import Dropped as Dropped
from tempfit.reading.pair import Reading as Reading
from tempfit.reading.pair import read_csv as read_csv
from tempfit.reading.pair import read_pair as read_pair
from tempfit.reading.source import DataError as DataError
from tempfit.reading.table import Table as Table
from tempfit.reading.table import read_table as read_table
from tempfit.reading.table import table_of as table_of
