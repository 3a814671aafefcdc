package io.sekimori.benchmarks.start;

import io.sekimori.benchmarks.Setting;
import io.sekimori.benchmarks.maker.Maker;
import io.sekimori.benchmarks.maker.Part;
import io.sekimori.benchmarks.maker.UnitMaker;
import io.sekimori.generation.Unit;
import io.sekimori.itests.support.UnitAlone;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A gateway and a bare Felix with the same bundles.
 *
 * @param unit of the gateway
 * @param device the id of its device key
 * @param bundles that both start with at first
 * @param folder where orders and results are
 */
public record Subjects(Setting setting, Unit unit, String device, List<Part> bundles, Path folder) {

    /** Makes the unit, signed by {@code maker}, and the folder of orders and results. */
    public static Subjects make(
            Setting setting,
            Maker maker,
            List<Part> bundles,
            Map<String, Map<String, Object>> configurations,
            Path folder)
            throws IOException {
        Files.createDirectories(folder);
        UnitMaker unitMaker = UnitMaker.in(folder.resolve("unit"), maker);
        Subjects subjects = new Subjects(setting, unitMaker.unit(), unitMaker.device(), List.copyOf(bundles), folder);
        Path pack = subjects.pack(maker, bundles, configurations, "first.pack");
        unitMaker.make(pack, setting.home().resolve("distrib/bin/sekimori-gateway"));
        return subjects;
    }

    /** Assigns these bundles to the unit and writes a pack of that name. */
    public Path pack(Maker maker, List<Part> parts, Map<String, Map<String, Object>> configurations, String name)
            throws IOException {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(Part.slot(setting.slot()));
        maker.assign(device, all, configurations);
        return maker.pack(device, folder.resolve(name));
    }

    /** The archive of the classes of the gateway's launcher. */
    Path archive() throws IOException {
        String slot = Files.readString(unit.generationSlotFile(1)).strip();
        return unit.slot(slot).resolve("launcher.jsa");
    }

    /** Starts the gateway by its start script. */
    public Started gateway() throws IOException, InterruptedException {
        return Started.start(
                List.of(unit.directory()
                        .resolve("bin")
                        .resolve("sekimori-gateway")
                        .toString()),
                folder);
    }

    /** Starts the peer. */
    public Started bare(List<String> javaOptions) throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve("bare"));
        return Started.start(BareFelix.command(javaOptions, classPath(), data, bundles), folder);
    }

    /** Of the peer: this program's classes, of which it loads two or three, the framework, and the launcher's api. */
    private String classPath() throws IOException {
        List<String> jars = setting.slot().stream()
                .map(Path::toString)
                .filter(jar -> jar.contains("felix.framework") || jar.contains("launcher.api"))
                .collect(Collectors.toCollection(ArrayList::new));
        jars.add(origin(BareFelix.class));
        jars.add(origin(UnitAlone.class));
        return String.join(File.pathSeparator, jars);
    }

    /** The jar that a class of this program was loaded from. */
    private static String origin(Class<?> type) throws IOException {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IOException("where " + type.getName() + " is from", e);
        }
    }
}
