package io.sekimori.vault.sealed;

import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultException;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code vault.destroy}: destroys the key of {@code owner}, or with {@code all} the gateway's, for a {@code reason}.
 * Thread-safe.
 */
@Component(property = ControlOperation.NAME + "=vault.destroy")
public final class DestroyOperation implements ControlOperation {

    private static final int MAX_REASON = 500;

    private final Vaults vaults;

    /** Called by Declarative Services. */
    @Activate
    public DestroyOperation(@Reference SealedVaults vaults) {
        this.vaults = vaults.vaults();
    }

    @Override
    public ControlAnswer answer(Map<String, ?> members, String person) {
        boolean all = Boolean.TRUE.equals(members.get("all"));
        if (!(members.get("reason") instanceof String reason)
                || reason.isBlank()
                || reason.length() > MAX_REASON
                || all == (members.get("owner") instanceof String)) {
            return refused(VaultCode.VAULT_REQUEST_MALFORMED, "an owner or all, and a reason, are needed");
        }
        try {
            if (all) {
                vaults.destroyAll(person, reason);
            } else {
                vaults.destroy(String.valueOf(members.get("owner")), person, reason);
            }
            return new ControlAnswer.Done(Map.of("destroyed", true));
        } catch (VaultException e) {
            return refused(e.code(), String.valueOf(e.getMessage()));
        }
    }

    private static ControlAnswer refused(VaultCode code, String detail) {
        return new ControlAnswer.Refused(code.name(), detail);
    }
}
