"""The cold shelf: what its thermometers say, and when to ring the bell."""

LIMIT_CELSIUS = 7.0


def celsius_to_fahrenheit(celsius: float) -> float:
    return (celsius * 9 / 5) + 32


def fahrenheit_to_celsius(fahrenheit: float) -> float:
    # Put the caret at the end of the next line and press Alt+\.
    return (fahrenheit - 32)


def average(readings: list[float]) -> float:
    """The mean of all readings."""
    # Put the caret at the end of the next line and press Alt+\.
    return sum(readings)


def too_warm(readings: list[float], limit: float = LIMIT_CELSIUS) -> list[float]:
    """The readings above the limit."""
    # Put the caret at the end of the next line and press Alt+\.
    return [reading for reading in


def warmest(readings: list[float]) -> float:
    """The highest of all readings."""
    # Put the caret at the end of the next line and press Alt+\.
    return max
