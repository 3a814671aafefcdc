package io.sekimori.update.engine;

import io.sekimori.generation.Anchors;
import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.RuntimeFiles;
import io.sekimori.generation.Slot;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.Evidence;
import io.sekimori.trust.Kind;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.UnitReport;
import io.sekimori.trust.Vouching;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a generation as they lie on the disk now; whatever is not as vouched for is a finding. */
final class FoundFiles {

    private final Unit unit;
    private final List<String> findings;

    FoundFiles(Unit unit, List<String> findings) {
        this.unit = unit;
        this.findings = findings;
    }

    UnitReport.Item bundle(GenerationBundle bundle) {
        String sha256 = hash(unit.store().path(bundle.sha256()), bundle.sha256(), bundle.name());
        return new UnitReport.Item(bundle.symbolicName(), bundle.version(), sha256, bundle.startLevel());
    }

    /** The files of the generation's slot, known by its frozen evidence; none if that does not hold any more. */
    List<UnitReport.Item> slot(Generation generation) {
        try {
            Vouching vouching = Anchors.of(unit).verify(Evidence.read(unit.evidence(generation.number())));
            if (vouching instanceof Vouching.Vouched vouched) {
                List<UnitReport.Item> items =
                        items(vouched.assignment().items(Kind.SLOT), unit.slot(generation.slot()));
                items.addAll(java(vouched.assignment().items(Kind.JAVA), unit.slot(generation.slot())));
                return items;
            }
            findings.add(((Vouching.Refused) vouching).refusal().toString());
        } catch (IOException e) {
            findings.add("EVIDENCE_UNREADABLE " + e.getMessage());
        }
        return List.of();
    }

    private List<UnitReport.Item> items(List<Assigned> assigned, Path slot) {
        List<UnitReport.Item> items = new ArrayList<>();
        for (Assigned item : assigned) {
            String name = item.path().substring(item.path().lastIndexOf('/') + 1);
            String sha256 = hash(slot.resolve("lib").resolve(name), item.sha256(), "slot file " + name);
            items.add(new UnitReport.Item(item.symbolicName(), item.version(), sha256, item.startLevel()));
        }
        return items;
    }

    /** An unpacked Java runtime is the one of its jar if every file of it is as root unpacked it. */
    private List<UnitReport.Item> java(List<Assigned> assigned, Path slot) {
        List<UnitReport.Item> items = new ArrayList<>();
        for (Assigned item : assigned) {
            String sha256 = "";
            try {
                Optional<String> other = RuntimeFiles.differenceOf(slot);
                other.ifPresent(path -> findings.add("FILE_DIFFERS slot file " + path));
                if (other.isEmpty()) {
                    sha256 = Slot.read(slot).files().java().orElse("");
                }
            } catch (IOException | UncheckedIOException | MalformedJson e) {
                findings.add("FILE_UNREADABLE slot file java");
            }
            items.add(new UnitReport.Item(item.symbolicName(), item.version(), sha256, item.startLevel()));
        }
        return items;
    }

    private String hash(Path file, String signed, String name) {
        try {
            String found = Sha256.hex(file);
            if (!found.equals(signed)) {
                findings.add("FILE_DIFFERS " + name);
            }
            return found;
        } catch (IOException e) {
            findings.add("FILE_UNREADABLE " + name);
            return "";
        }
    }
}
