"""Find the date of publication in the scripts of a page that says it nowhere else, as WeChat's do."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from transforms.language.dates import Dated, read_stamp

WRITTEN = r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]{1,20}(?:Z|[+-][0-9:]{4,6})?)?"
SECONDS = r"1[0-9]{9}(?![0-9])"  # from 2001 to 2033
STAMP = re.compile(rf"[:=]\s{{0,3}}\\?[\"']?(?:(?P<written>{WRITTEN})|(?P<seconds>{SECONDS}))")
NAME = re.compile(
    r"(?<![\w-])(?:date_?published|published_?(?:at|on|date|time)|publish_?(?:date|time)|publication_?date|"
    r"pub_?(?:date|time)|create_?time|(?<=var )ct)\\?[\"']?\s{0,3}$",
    re.IGNORECASE,
)
LONGEST_NAME = 30  # characters, with what is around it


def find_in_scripts(html: str, zone: ZoneInfo | None) -> Dated | None:
    """Return the one day that the scripts of a page name as that of publication, or None.

    Seconds since 1970 count only if no script writes a date. Several days belong to several articles.

    >>> find_in_scripts("var ct = '1394791200'; createTime = '2014-03-14 18:00'", None).on.isoformat()
    '2014-03-14'
    >>> find_in_scripts('{"pubDate": "2014-03-14"}, {"pubDate": "2014-03-15"}', None) is None
    True
    """
    stamps = STAMP.finditer(html)
    found = [
        one for one in stamps if NAME.search(html[max(0, one.start() - LONGEST_NAME) : one.start()])
    ]
    written = {read_stamp(one["written"], None, zone) for one in found if one["written"]} - {None}
    moments = {
        datetime.fromtimestamp(int(one["seconds"]), zone or UTC) for one in found if one["seconds"]
    }
    days = written or {Dated(moment.date(), "day") for moment in moments}
    return days.pop() if len(days) == 1 else None
