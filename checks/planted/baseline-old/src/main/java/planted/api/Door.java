package planted.api;

import org.osgi.annotation.versioning.ProviderType;

/** An interface as it was released. */
@ProviderType
public interface Door {

    void open();
}
