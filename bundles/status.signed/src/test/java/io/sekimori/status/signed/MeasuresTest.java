package io.sekimori.status.signed;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.status.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuresTest {

    @TempDir
    Path system;

    @Test
    void aMachineIsMeasured() throws IOException {
        write("proc/stat", "cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 1 1 1 1\n");
        write("proc/meminfo", "MemTotal:        2048 kB\nMemAvailable:    1024 kB\n");
        write("proc/self/status", "Name: java\nVmRSS:\t  10 kB\n");
        write("proc/uptime", "123.45 99\n");
        write("sys/class/thermal/thermal_zone0/temp", "41000\n");
        write("sys/class/thermal/thermal_zone1/temp", "-5000\n");
        Measures measures = new Measures(system, system, Clock.systemUTC());

        assertThat(measures.now())
                .containsEntry(Measure.CPU_PERCENT, 20L)
                .containsEntry(Measure.MEMORY_TOTAL_BYTES, 2L << 20)
                .containsEntry(Measure.MEMORY_AVAILABLE_BYTES, 1L << 20)
                .containsEntry(Measure.PROCESS_BYTES, 10_240L)
                .containsEntry(Measure.UPTIME_SECONDS, 123L)
                .containsEntry(Measure.TEMPERATURE_MILLI_CELSIUS, 41_000L)
                .containsKeys(Measure.DISK_FREE_BYTES, Measure.PROCESS_SECONDS);
        write("proc/stat", "cpu  150 0 100 850 0 0 0 0 0 0\n");
        assertThat(measures.now()).containsEntry(Measure.CPU_PERCENT, 50L);
    }

    @Test
    void whatAMachineDoesNotHaveIsLeftOut() throws IOException {
        write("proc/stat", "nonsense");
        write("sys/class/thermal/thermal_zone0/temp", "hot");

        Map<Measure, Long> found = new Measures(system, system.resolve("none"), Clock.systemUTC()).now();

        assertThat(found).containsOnlyKeys(Measure.PROCESS_SECONDS);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(system.resolve(file).getParent());
        Files.writeString(system.resolve(file), text);
    }
}
