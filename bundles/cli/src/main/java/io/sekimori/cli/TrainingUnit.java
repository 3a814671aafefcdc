package io.sekimori.cli;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A unit for one start: it shares trust roots and software with another one, and has neither its state nor its data, so
 * that no device key is there and nothing of the start is left. Confined to one thread; closing it removes it.
 */
record TrainingUnit(Unit unit) implements AutoCloseable {

    /** One that starts that generation of {@code delivered}. */
    static TrainingUnit of(Unit delivered, int generation) throws IOException {
        TrainingUnit training = new TrainingUnit(new Unit(Files.createTempDirectory("sekimori-")));
        Unit unit = training.unit();
        try {
            for (Path shared : List.of(unit.trust(), unit.slots(), unit.store().directory(), unit.generations())) {
                Path of = delivered.directory().resolve(unit.directory().relativize(shared));
                Files.createDirectories(shared.getParent());
                Files.createSymbolicLink(shared, of.toAbsolutePath());
            }
            Files.createDirectories(unit.state());
            new Pointer(unit).commit(new Confirmed(generation, Optional.empty(), Map.of()));
            return training;
        } catch (IOException e) {
            training.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(unit.directory())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
