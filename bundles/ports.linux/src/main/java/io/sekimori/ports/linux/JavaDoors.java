package io.sekimori.ports.linux;

import io.sekimori.ports.PortCode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * The doors of the Java runtime through which somebody could run code: debugger and remote management. What is loaded
 * counts as well as what was asked for, so that a door opened later is seen, too. Stateless but for what it reads from.
 */
final class JavaDoors {

    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--add-modules",
            "--upgrade-module-path",
            "--add-exports",
            "--add-opens",
            "--add-reads",
            "--patch-module",
            "--limit-modules");
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS");
    private static final String MANAGEMENT = "com.sun.management.jmxremote";

    private final ProcFiles proc;
    private final long self;
    private final Set<String> properties;
    private final UnaryOperator<String> environment;

    /**
     * @param properties the names of the system's properties
     * @param environment answers a variable, or an empty text
     */
    JavaDoors(ProcFiles proc, long self, Set<String> properties, UnaryOperator<String> environment) {
        this.proc = proc;
        this.self = self;
        this.properties = properties;
        this.environment = environment;
    }

    /** @throws IOException if what this process was started with, or has loaded, cannot be read */
    void look(BiConsumer<PortCode, String> finding) throws IOException {
        arguments(List.of(proc.text(self + "/cmdline").split("\0")), finding);
        for (String variable : VARIABLES) {
            String value = environment.apply(variable);
            if (!value.isBlank()) {
                List.of(value.strip().split("\\s+")).forEach(each -> argument(each, variable, finding));
            }
        }
        if (properties.stream().anyMatch(name -> name.startsWith(MANAGEMENT))) {
            finding.accept(PortCode.JMX_ON, MANAGEMENT + " is set");
        }
        if (proc.text(self + "/maps").contains("/libjdwp.so")) {
            finding.accept(PortCode.DEBUG_ON, "the debugger agent is loaded");
        }
    }

    private void arguments(List<String> line, BiConsumer<PortCode, String> finding) {
        for (int i = 1; i < line.size(); i++) {
            String each = line.get(i);
            if (WITH_VALUE.contains(each)) {
                i++;
            } else if (each.equals("-jar") || !each.startsWith("-") && !each.startsWith("@")) {
                return; // from here on they are the program's own
            } else {
                argument(each, "command line", finding);
            }
        }
    }

    private static void argument(String each, String where, BiConsumer<PortCode, String> finding) {
        if (each.startsWith("-agentlib:jdwp")
                || each.startsWith("-Xrunjdwp")
                || each.startsWith("-agentpath:") && each.contains("jdwp")) {
            finding.accept(PortCode.DEBUG_ON, "the debugger agent is asked for: " + where);
        } else if (each.startsWith("-D" + MANAGEMENT)) {
            finding.accept(PortCode.JMX_ON, MANAGEMENT + " is set");
        } else if (each.startsWith("@") || each.startsWith("-XX:VMOptionsFile=")) {
            finding.accept(PortCode.ARGUMENTS_HIDDEN, where);
        }
    }
}
