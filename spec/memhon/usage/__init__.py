"""What was exchanged in a period: the usage that an editor's software has to be able to show.

It counts fee notes from a journal that the software writes, or from the store of the sandbox, and
says nothing of patients. It must not know XML, HTTP or SQL; recording needs none of the rest.

```python
from memhon.usage import Journal

journal = Journal("usage.csv")
journal.record("depot", family="ra", practitioner=code, note=note_id, form="numerique")
```
"""

from memhon.usage.figures import Row
from memhon.usage.period import By, Period
from memhon.usage.recording import Journal
from memhon.usage.report import UsageReport
from memhon.usage.reporting import report_of_journals, report_of_store

__all__ = [
    "By",
    "Journal",
    "Period",
    "Row",
    "UsageReport",
    "report_of_journals",
    "report_of_store",
]
