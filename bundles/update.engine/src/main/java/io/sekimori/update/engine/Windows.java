package io.sekimori.update.engine;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When an update may begin by itself, in one time zone; no window at all means always. A window begins by the clock on the
 * wall and lasts as long as it says: on a day on which its beginning does not exist it begins when the clock has gone on,
 * and where its beginning comes twice, with the first. Immutable.
 */
record Windows(List<Window> windows, ZoneId zone) {

    // 24 hours that began the day before yesterday reach into today where yesterday had 23.
    private static final int DAYS_BACK = 2;
    private static final int DAYS_AHEAD = 8;
    /** The most of them. */
    static final int MOST = 50;

    private static final Pattern LINE =
            Pattern.compile("(\\*|[A-Z]{3}(?:[-,][A-Z]{3})*) ([0-2][0-9]:[0-5][0-9])-([0-2][0-9]:[0-5][0-9])");
    private static final Duration DAY = Duration.ofDays(1);
    private static final List<String> NAMES = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

    /** @param days on which it begins */
    record Window(Set<DayOfWeek> days, LocalTime from, Duration length) {}

    Windows {
        windows = List.copyOf(windows);
    }

    /**
     * Reads lines such as {@code MON-FRI 22:00-04:00}, {@code SAT,SUN 08:00-20:00} or {@code * 02:00-04:00}; the same time
     * twice is a whole day. An empty line is none.
     *
     * @throws IllegalArgumentException if a line or the zone is none
     */
    static Windows of(List<String> lines, String zone) {
        if (lines.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " windows");
        }
        try {
            ZoneId place = ZoneId.of(zone);
            return new Windows(
                    lines.stream()
                            .filter(line -> !line.isBlank())
                            .map(Windows::window)
                            .toList(),
                    place);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no time zone or time of day: " + e.getMessage(), e);
        }
    }

    private static Window window(String line) {
        Matcher parts = LINE.matcher(line.trim());
        if (!parts.matches()) {
            throw new IllegalArgumentException("no window: " + line);
        }
        LocalTime from = LocalTime.parse(parts.group(2));
        Duration length = Duration.between(from, LocalTime.parse(parts.group(3)));
        return new Window(
                days(parts.group(1)), from, length.isNegative() || length.isZero() ? length.plus(DAY) : length);
    }

    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        if (text.equals("*")) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        for (String part : text.split(",")) {
            String[] ends = part.split("-");
            DayOfWeek day = day(ends[0]);
            DayOfWeek last = day(ends[ends.length - 1]);
            if (ends.length > 2) {
                throw new IllegalArgumentException("no days: " + part);
            }
            days.add(day);
            while (day != last) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static DayOfWeek day(String name) {
        int index = NAMES.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no day: " + name);
        }
        return DayOfWeek.of(index + 1);
    }

    /** Whether an update may begin by itself. */
    boolean open(Instant now) {
        return windows.isEmpty()
                || beginnings(now).stream()
                        .anyMatch(each -> !now.isBefore(each.at())
                                && now.isBefore(each.at().plus(each.length())));
    }

    /** When the next one opens; empty if there is none. */
    Optional<Instant> next(Instant now) {
        return beginnings(now).stream().map(Beginning::at).filter(now::isBefore).min(Instant::compareTo);
    }

    private record Beginning(Instant at, Duration length) {}

    private List<Beginning> beginnings(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        List<Beginning> found = new ArrayList<>();
        for (LocalDate date = today.minusDays(DAYS_BACK);
                date.isBefore(today.plusDays(DAYS_AHEAD));
                date = date.plusDays(1)) {
            for (Window window : windows) {
                if (window.days().contains(date.getDayOfWeek())) {
                    found.add(new Beginning(
                            date.atTime(window.from()).atZone(zone).toInstant(), window.length()));
                }
            }
        }
        return found;
    }
}
