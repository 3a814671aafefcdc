package io.sekimori.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Two consecutive releases of a bundle that was not written here, out of Maven Central, unchanged. */
record ThirdParty(Stage stage) {

    private static final String NAME = "org.apache.felix.eventadmin";

    List<Line> lines() {
        return List.of(
                new Line("a bundle from Maven Central, " + NAME + ", is installed through a pack", this::install),
                new Line("its next release replaces it, mode replace (it is not declared for overlap)", this::replace));
    }

    private String install() throws IOException, Broken {
        Path first = jars().get(0);
        Path second = jars().get(1);
        stage.maker().release(first, "replace");
        stage.maker().release(second, "replace");
        stage.traffic().begin("");
        long began = System.nanoTime();
        stage.update("--set", NAME + "/" + version(first) + "@5").mustBe("CONFIRMED");
        long millis = Stage.since(began).toMillis();
        stage.gateway()
                .await("calls to the EventAdmin", () -> stage.traffic().events().made() > 0);
        return version(first) + " registers org.osgi.service.event.EventAdmin and is called, " + millis
                + " ms; others: " + stage.traffic().count().withoutLoss();
    }

    private String replace() throws IOException, Broken {
        Path second = jars().get(1);
        stage.traffic().begin("");
        long began = System.nanoTime();
        Outcome outcome = stage.update("--set", NAME + "/" + version(second)).mustBe("CONFIRMED");
        long millis = Stage.since(began).toMillis();
        Traffic.Count events = stage.traffic().events();
        Traffic.Count others = stage.traffic().count().withoutLoss();
        if (events.made() == 0) {
            throw new Broken("the EventAdmin was not called");
        }
        return version(jars().get(0)) + " to " + version(second) + " in " + millis + " ms, gap " + outcome.gapMillis()
                + " ms; EventAdmin: " + events + "; others: " + others;
    }

    private List<Path> jars() throws IOException, Broken {
        try (var files = Files.list(stage.maker().place().parts())) {
            List<Path> jars = files.filter(file -> file.getFileName().toString().startsWith(NAME + "-"))
                    .sorted()
                    .toList();
            if (jars.size() < 2) {
                throw new Broken("two releases of " + NAME + " are needed");
            }
            return jars;
        }
    }

    private static String version(Path jar) {
        return jar.getFileName().toString().replace(NAME + "-", "").replace(".jar", "");
    }
}
