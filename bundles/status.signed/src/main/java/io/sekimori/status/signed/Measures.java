package io.sekimori.status.signed;

import io.sekimori.status.Measure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be measured of this machine, from proc(5) and sysfs. What cannot be read is left out. Thread-safe. */
final class Measures {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_SENSORS = 64;

    private final Path system;
    private final Path disk;
    private final Clock clock;
    private long busyBefore;
    private long allBefore;

    /** @param system the root folder, with {@code proc} and {@code sys} in it */
    Measures(Path system, Path disk, Clock clock) {
        this.system = system;
        this.disk = disk;
        this.clock = clock;
    }

    Map<Measure, Long> now() {
        Map<Measure, Long> found = new EnumMap<>(Measure.class);
        processors(found);
        String memory = text("proc/meminfo");
        put(found, Measure.MEMORY_TOTAL_BYTES, number(memory, "MemTotal:\\s+(\\d{1,15}) kB"), 1024);
        put(found, Measure.MEMORY_AVAILABLE_BYTES, number(memory, "MemAvailable:\\s+(\\d{1,15}) kB"), 1024);
        put(found, Measure.PROCESS_BYTES, number(text("proc/self/status"), "VmRSS:\\s+(\\d{1,15}) kB"), 1024);
        put(found, Measure.UPTIME_SECONDS, number(text("proc/uptime"), "^(\\d{1,15})\\."), 1);
        ProcessHandle.current()
                .info()
                .startInstant()
                .ifPresent(start -> found.put(
                        Measure.PROCESS_SECONDS,
                        Math.max(0, Duration.between(start, clock.instant()).toSeconds())));
        disk(found);
        temperature().ifPresent(warmest -> found.put(Measure.TEMPERATURE_MILLI_CELSIUS, warmest));
        return found;
    }

    /** Since the call before, the first time since the machine started. */
    private synchronized void processors(Map<Measure, Long> found) {
        Matcher line = Pattern.compile("^cpu +((?:\\d{1,18} ?){4,12})", Pattern.MULTILINE)
                .matcher(text("proc/stat"));
        if (!line.find()) {
            return;
        }
        String[] ticks = line.group(1).strip().split(" ");
        long all = 0;
        for (int i = 0; i < Math.min(8, ticks.length); i++) { // behind them come those of guests, counted already
            all += Long.parseLong(ticks[i]);
        }
        long idle = Long.parseLong(ticks[3]) + (ticks.length > 4 ? Long.parseLong(ticks[4]) : 0);
        long busy = all - idle;
        if (all > allBefore) {
            found.put(Measure.CPU_PERCENT, Math.max(0, Math.min(100, 100 * (busy - busyBefore) / (all - allBefore))));
        }
        busyBefore = busy;
        allBefore = all;
    }

    private void disk(Map<Measure, Long> found) {
        try {
            FileStore store = Files.getFileStore(disk);
            found.put(Measure.DISK_TOTAL_BYTES, store.getTotalSpace());
            found.put(Measure.DISK_FREE_BYTES, store.getUsableSpace());
        } catch (IOException e) {
            found.remove(Measure.DISK_TOTAL_BYTES);
        }
    }

    private OptionalLong temperature() {
        OptionalLong warmest = OptionalLong.empty();
        int seen = 0;
        try (DirectoryStream<Path> zones =
                Files.newDirectoryStream(system.resolve("sys/class/thermal"), "thermal_zone*")) {
            for (Path zone : zones) {
                OptionalLong value =
                        number(text(system.relativize(zone.resolve("temp")).toString()), "^(-?\\d{1,7})\\s*$");
                if (value.isPresent() && (warmest.isEmpty() || value.getAsLong() > warmest.getAsLong())) {
                    warmest = value;
                }
                if (++seen == MAX_SENSORS) {
                    break;
                }
            }
        } catch (IOException e) {
            return OptionalLong.empty();
        }
        return warmest;
    }

    private static void put(Map<Measure, Long> found, Measure measure, OptionalLong value, long unit) {
        value.ifPresent(number -> found.put(measure, number * unit));
    }

    private static OptionalLong number(String text, String pattern) {
        Matcher found = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
        return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
    }

    private String text(String file) {
        try (InputStream in = Files.newInputStream(system.resolve(file))) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
