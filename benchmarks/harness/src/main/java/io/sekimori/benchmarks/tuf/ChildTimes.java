package io.sekimori.benchmarks.tuf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time of all child processes that have ended, with their own (proc(5), stat). Stateless. */
final class ChildTimes {

    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;
    private static final double TICK_MILLIS = 10; // USER_HZ is 100 on every Linux

    private ChildTimes() {}

    static double millis() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM])) * TICK_MILLIS;
    }
}
