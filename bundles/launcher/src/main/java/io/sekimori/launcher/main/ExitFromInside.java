package io.sekimori.launcher.main;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells an exit that code asked for from one that a signal did: the JVM runs the same hooks for both. */
final class ExitFromInside {

    private ExitFromInside() {}

    /** Who called {@code System.exit} or {@code Runtime.exit} and waits in it; empty if nobody does. */
    static Optional<String> caller(Map<Thread, StackTraceElement[]> stacks) {
        for (Map.Entry<Thread, StackTraceElement[]> each : stacks.entrySet()) {
            List<StackTraceElement> frames = List.of(each.getValue());
            for (int i = 0; i < frames.size(); i++) {
                if (is(frames.get(i), "java.lang.Runtime")) {
                    return Optional.of(text(each.getKey(), frames.subList(i + 1, frames.size())));
                }
            }
        }
        return Optional.empty();
    }

    private static String text(Thread thread, List<StackTraceElement> callers) {
        String caller = callers.stream()
                .filter(frame -> !is(frame, "java.lang.System"))
                .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                .findFirst()
                .orElse("nobody known");
        return caller + " in thread " + thread.getName() + " ended the process";
    }

    private static boolean is(StackTraceElement frame, String type) {
        return frame.getClassName().equals(type) && frame.getMethodName().equals("exit");
    }
}
