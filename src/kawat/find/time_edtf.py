"""How the time grammar writes dates. Their bounds are read in kawat.edtf."""

from datetime import date, timedelta


def write_month(day: date) -> str:
    """Return the EDTF month of a day."""
    return f"{day.year:04d}-{day.month:02d}"


def write_span(first: date, last: date) -> str:
    """Return an EDTF interval of days, or the day where both ends are one."""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def write_week(day: date) -> str:
    """Return the week, Monday to Sunday, that a day lies in."""
    monday = day - timedelta(days=day.weekday())
    return write_span(monday, monday + timedelta(days=6))


def safe_date(year: int, month: int, day: int) -> date | None:
    """Return the date, None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
