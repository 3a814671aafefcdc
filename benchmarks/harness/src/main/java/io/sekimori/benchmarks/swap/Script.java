package io.sekimori.benchmarks.swap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The orders for one process: a window to warm up, then in turns one without a swap and one with. */
record Script(Editions editions, long windowMillis) {

    /** In one process. */
    static final int SWAPS = 2;

    /** The one to warm up among them. */
    static final int WINDOWS = 1 + 2 * SWAPS;

    /** For the gateway; it goes on where its process before ended. */
    void orderPacks(int process) throws IOException {
        List<String> swaps = new ArrayList<>();
        for (int i = 0; i < SWAPS; i++) {
            swaps.add("apply " + editions.packs().get(process * SWAPS + i));
        }
        write(swaps);
    }

    /** For the peer, which begins with the first edition in every process. */
    void orderUpdates() throws IOException {
        List<String> swaps = new ArrayList<>();
        for (int i = 0; i < SWAPS; i++) {
            StringBuilder order = new StringBuilder("update");
            for (int lane = 0; lane < editions.lanes(); lane++) {
                Path jar = editions.jars().get(i + 1).get(lane);
                order.append(' ')
                        .append(Editions.symbolicName(lane))
                        .append(' ')
                        .append(jar);
            }
            swaps.add(order.toString());
        }
        write(swaps);
    }

    private void write(List<String> swaps) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("lanes " + editions.lanes());
        lines.add(windowMillis + " quiet");
        for (String swap : swaps) {
            lines.add(windowMillis + " quiet");
            lines.add(windowMillis + " " + swap);
        }
        Files.write(editions.subjects().folder().resolve("orders"), lines);
    }
}
