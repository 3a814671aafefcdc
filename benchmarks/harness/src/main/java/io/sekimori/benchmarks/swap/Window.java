package io.sekimori.benchmarks.swap;

import io.sekimori.benchmarks.Samples;
import java.io.IOException;
import java.util.List;

/** What became of the calls of one window: a line of the load's results. */
record Window(long made, long lost, double longestPauseMillis, double tookMillis) {

    static Window parse(String line) throws IOException {
        if (line.startsWith("!")) {
            throw new IOException("an order failed: " + line.substring(1));
        }
        String[] words = line.split(" ");
        return new Window(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]) / 1e6,
                Double.parseDouble(words[3]));
    }

    static long made(List<Window> windows) {
        return windows.stream().mapToLong(Window::made).sum();
    }

    static Samples lost(List<Window> windows) {
        return Samples.of(windows.stream().mapToDouble(Window::lost));
    }

    static Samples pauses(List<Window> windows) {
        return Samples.of(windows.stream().mapToDouble(Window::longestPauseMillis));
    }

    static Samples took(List<Window> windows) {
        return Samples.of(windows.stream().mapToDouble(Window::tookMillis));
    }
}
