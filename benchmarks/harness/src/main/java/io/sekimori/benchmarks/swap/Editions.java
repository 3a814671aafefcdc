package io.sekimori.benchmarks.swap;

import io.sekimori.benchmarks.Setting;
import io.sekimori.benchmarks.maker.Edition;
import io.sekimori.benchmarks.maker.Feature;
import io.sekimori.benchmarks.maker.Maker;
import io.sekimori.benchmarks.maker.Part;
import io.sekimori.benchmarks.start.Subjects;
import io.sekimori.trust.Swap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A gateway and a bare Felix with so many bundles to be replaced, and what they are replaced by.
 *
 * @param packs signed, each with the next edition of every bundle
 * @param jars of each edition, by lane; the first one is what the processes start with
 */
record Editions(int lanes, Subjects subjects, List<Path> packs, List<List<Path>> jars) {

    private static final String COMPONENT = "OSGI-INF/io.sekimori.benchmarks.service.Patient.xml";
    private static final Map<String, Map<String, Object>> CONFIGURATIONS =
            Map.of("io.sekimori.update.engine", Map.of("probation.seconds", 1L));

    static Editions make(Setting setting, int lanes, int swaps) throws IOException {
        Path folder = Files.createDirectories(setting.work().resolve("swap-" + lanes));
        List<List<Path>> jars = new ArrayList<>();
        for (int edition = 0; edition <= swaps; edition++) {
            jars.add(jars(setting, lanes, edition, folder));
        }
        List<Part> others = new ArrayList<>(Feature.bundles(setting));
        others.add(Part.bundle(setting.made("load"), 9, Swap.REPLACE, 1));
        Maker maker = Maker.in(folder.resolve("maker"));
        Subjects subjects =
                Subjects.make(setting, maker, parts(others, jars, 0), CONFIGURATIONS, folder.resolve("processes"));
        List<Path> packs = new ArrayList<>();
        for (int edition = 1; edition <= swaps; edition++) {
            packs.add(subjects.pack(maker, parts(others, jars, edition), CONFIGURATIONS, edition + ".pack"));
        }
        return new Editions(lanes, subjects, List.copyOf(packs), List.copyOf(jars));
    }

    static String symbolicName(int lane) {
        return "io.sekimori.benchmarks.service" + lane;
    }

    private static List<Path> jars(Setting setting, int lanes, int edition, Path folder) throws IOException {
        Edition original = Edition.of(setting.made("service"));
        List<Path> jars = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            jars.add(original.named(symbolicName(lane), "1.0." + edition)
                    .replacing(COMPONENT, "value=\"0\"", "value=\"" + lane + "\"")
                    .into(folder));
        }
        return jars;
    }

    private static List<Part> parts(List<Part> others, List<List<Path>> jars, int edition) throws IOException {
        List<Part> parts = new ArrayList<>(others);
        for (Path jar : jars.get(edition)) {
            parts.add(Part.bundle(jar, 8, Swap.OVERLAP, edition + 1));
        }
        return parts;
    }
}
