package io.sekimori.vault.sealed;

import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.vault.VaultEntry;
import io.sekimori.vault.VaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code vault.show}: which bundles have how much, never a name or content of theirs. Thread-safe. */
@Component(property = ControlOperation.NAME + "=vault.show")
public final class ShowOperation implements ControlOperation {

    private final Vaults vaults;

    /** Called by Declarative Services. */
    @Activate
    public ShowOperation(@Reference SealedVaults vaults) {
        this.vaults = vaults.vaults();
    }

    @Override
    public ControlAnswer answer(Map<String, ?> members, String person) {
        try {
            List<Map<String, Object>> owners = new ArrayList<>();
            for (String owner : vaults.owners()) {
                owners.add(facts(owner));
            }
            return new ControlAnswer.Done(Map.of("owners", owners));
        } catch (VaultException e) {
            return new ControlAnswer.Refused(e.code().name(), String.valueOf(e.getMessage()));
        }
    }

    private Map<String, Object> facts(String owner) {
        try {
            List<VaultEntry> entries = vaults.of(owner).entries();
            long bytes = entries.stream().mapToLong(VaultEntry::sizeBytes).sum();
            return Map.of("owner", owner, "entries", (long) entries.size(), "bytes", bytes, "code", "");
        } catch (VaultException e) {
            return Map.of(
                    "owner", owner, "entries", 0L, "bytes", 0L, "code", e.code().name());
        }
    }
}
