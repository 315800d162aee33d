"""Read two columns of numbers from whatever people call a CSV file, or say why not."""

from tempfit.reading.source import DataError as DataError
from tempfit.reading.table import Dropped as Dropped
from tempfit.reading.table import Reading as Reading
from tempfit.reading.table import Table as Table
from tempfit.reading.table import read_csv as read_csv
from tempfit.reading.table import read_table as read_table
