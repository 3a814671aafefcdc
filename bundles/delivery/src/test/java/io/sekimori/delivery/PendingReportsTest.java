package io.sekimori.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingReportsTest {

    @TempDir
    private Path directory;

    private List<String> drained(PendingReports reports) throws IOException {
        List<String> taken = new ArrayList<>();
        reports.drain(report -> taken.add(new String(report, StandardCharsets.UTF_8)));
        return taken;
    }

    private PendingReports with(int count) throws IOException {
        PendingReports reports = new PendingReports(directory.resolve("reports"));
        for (int i = 1; i <= count; i++) {
            reports.add(("r" + i).getBytes(StandardCharsets.UTF_8));
        }
        return reports;
    }

    @Test
    void reportsOutliveTheProcessAndComeInOrder() throws IOException {
        with(3);

        PendingReports later = new PendingReports(directory.resolve("reports"));

        assertThat(drained(later)).containsExactly("r1", "r2", "r3");
        assertThat(drained(later)).isEmpty();
    }

    @Test
    void oneThatNobodyTookStays() throws IOException {
        PendingReports reports = with(2);

        assertThatThrownBy(() -> reports.drain(report -> {
                    if (new String(report, StandardCharsets.UTF_8).equals("r2")) {
                        throw new IOException("away");
                    }
                }))
                .hasMessage("away");

        assertThat(drained(reports)).containsExactly("r2");
    }

    @Test
    void onlyTheNewestAreKept() throws IOException {
        assertThat(drained(with(PendingReports.KEPT + 5)))
                .hasSize(PendingReports.KEPT)
                .startsWith("r6")
                .endsWith("r" + (PendingReports.KEPT + 5));
    }
}
