package io.sekimori.checks;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Java runtime that an archive carries: the modules that {@code distrib/lib/package.sh} links, and what those need. */
final class LinkedRuntime {

    private LinkedRuntime() {}

    /** The packages that it exports to everybody. */
    static Set<String> packages(Path root, String product) throws IOException {
        return Configuration.empty()
                .resolve(ModuleFinder.ofSystem(), ModuleFinder.of(), modules(root, product))
                .modules()
                .stream()
                .flatMap(LinkedRuntime::exports)
                .collect(Collectors.toSet());
    }

    /** Whether some module of the JDK that runs this exports it. */
    static boolean isOfTheJdk(String name) {
        return ModuleLayer.boot().configuration().modules().stream()
                .flatMap(LinkedRuntime::exports)
                .anyMatch(name::equals);
    }

    private static Stream<String> exports(ResolvedModule module) {
        return module.reference().descriptor().exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(ModuleDescriptor.Exports::source);
    }

    private static List<String> modules(Path root, String product) throws IOException {
        List<String> lines = Files.readAllLines(root.resolve("distrib/lib/package.sh"));
        String gateway = value(lines, "gateway_modules");
        String named = product.equals("gateway")
                ? gateway
                : value(lines, product + "_modules").replace("$gateway_modules", gateway);
        return List.of(named.split(","));
    }

    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "="))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }
}
