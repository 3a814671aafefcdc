package io.sekimori.vault.sealed;

import io.sekimori.vault.Vault;
import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultEntry;
import io.sekimori.vault.VaultException;
import io.sekimori.vault.VaultOutput;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The vault of one bundle: the framework makes an object for each bundle that uses the service, and says which that is.
 * Thread-safe.
 */
@Component(scope = ServiceScope.BUNDLE)
public final class SealedVault implements Vault {

    private final Vaults vaults;
    private final @Nullable String owner;

    /** Called by Declarative Services. */
    @Activate
    public SealedVault(ComponentContext context, @Reference SealedVaults vaults) {
        this(vaults.vaults(), context.getUsingBundle().getSymbolicName());
    }

    SealedVault(Vaults vaults, @Nullable String owner) {
        this.vaults = vaults;
        this.owner = owner;
    }

    @Override
    public long put(String name, byte[] value) throws VaultException {
        return own().put(name, value);
    }

    @Override
    public Optional<byte[]> get(String name) throws VaultException {
        return own().get(name);
    }

    @Override
    public VaultOutput write(String name) throws VaultException {
        return own().write(name);
    }

    @Override
    public Optional<InputStream> read(String name) throws VaultException {
        return own().read(name);
    }

    @Override
    public boolean remove(String name) throws VaultException {
        return own().remove(name);
    }

    @Override
    public List<VaultEntry> entries() throws VaultException {
        return own().entries();
    }

    private OwnerVault own() throws VaultException {
        if (owner == null) {
            throw new VaultException(VaultCode.VAULT_OWNER_MALFORMED, "a bundle without a symbolic name", null);
        }
        return vaults.of(owner);
    }
}
