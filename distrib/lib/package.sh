# Sourced by ./sekimori: makes the archives that people install, distrib/target/packages/*.tar.gz.
# Expects $root, machine.sh, product.sh and a built product. The same bytes come out again for the same JDK.

# What a gateway and a console use of the JDK. A test starts each on exactly this.
gateway_modules=java.base,java.logging,java.management,java.naming,java.net.http,java.prefs,java.sql,java.xml,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.localedata,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs
console_modules=$gateway_modules,java.desktop,java.security.sasl,java.sql.rowset
# What only the commands of a console use; the gateway's command line does without.
console_alone='h2- postgresql- HikariCP- bcpkix- bcprov- bcutil-'

product_version() { sed -n '0,/<version>/s:.*<version>\(.*\)</version>.*:\1:p' "$root/pom.xml"; }

packages=$root/distrib/target/packages

make_packages() {
    local name
    [ -x "$JAVA_HOME/bin/jlink" ] || fail "$JAVA_HOME has no jlink; set JAVA_HOME to a JDK that has."
    mkdir -p "$packages"
    for name in gateway console; do
        (umask 022 && make_package "$name")
    done
    (cd "$packages" && LC_ALL=C sha256sum ./*.tar.gz | sed 's: \./: :' >SHA256SUMS.part && mv SHA256SUMS.part SHA256SUMS)
}

# Makes the archive of product $1 beside the place where it appears.
make_package() {
    local name=sekimori-$1-$(product_version) stage=$packages/.$1 modules=gateway_modules file
    [ "$1" = gateway ] || modules=console_modules
    file=$packages/$name-$(uname -m).tar.gz
    say "Packing $name"
    rm -rf "$stage"
    mkdir -p "$stage/$name"
    fill_package "$1" "${!modules}" "$stage/$name"
    # Newest change of the sources' own clock: a fixed one, as in the jars.
    find "$stage/$name" -exec touch -h -d "$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)<.*:\1:p' "$root/pom.xml")" {} +
    tar c --sort=name --owner=0 --group=0 --numeric-owner --format=gnu -C "$stage" "$name" | gzip -9n >"$file.part"
    mv "$file.part" "$file"
    printf '%s  %s MB, installed %s MB\n' "${file#"$root"/}" "$(du -m --apparent-size "$file" | cut -f1)" \
        "$(du -sm "$stage/$name" | cut -f1)"
    rm -rf "$stage"
}

# fill_package PRODUCT MODULES FOLDER
fill_package() {
    local folder=$3 home=$3/share lib
    # Not --strip-debug, which wants objcopy for symbols that the libraries of a JDK have not.
    "$JAVA_HOME/bin/jlink" --add-modules "$2" --include-locales=en,ja --strip-java-debug-attributes --no-header-files --no-man-pages \
        --output "$folder/java" || fail "jlink failed."
    mkdir -p "$folder/bin" "$folder/lib" "$folder/systemd" "$home/distrib/bin" "$home/distrib/target" "$home/features"
    cp -r "$root/bundles/cli/target/lib" "$folder/lib/cli"
    cp "$root"/bundles/cli/target/io.sekimori.cli-*.jar "$folder/lib/cli/"
    cp -r "$root/distrib/target/bundles" "$root/distrib/target/slot-lib" "$home/distrib/target/"
    cp "$root/features/gateway.json" "$home/features/"
    if [ "$1" = gateway ]; then
        for lib in $console_alone; do rm "$folder/lib/cli/$lib"*.jar; done
        mkdir -p "$folder/udev"
        cp "$root/distrib/udev/90-sekimori-media.rules" "$folder/udev/"
        cp "$root/distrib/systemd/sekimori-media@.service" "$folder/systemd/"
        install -m 755 "$root/distrib/install/sekimori-media" "$folder/bin/"
    else
        mkdir -p "$home/distrib/console/target" "$home/distrib/broker/target"
        cp -r "$root/distrib/console/target/bundles" "$home/distrib/console/target/"
        cp -r "$root/distrib/broker/target/lib" "$home/distrib/broker/target/"
        cp "$root/features/console.json" "$home/features/"
        cp "$root/distrib/systemd/sekimori-broker.service" "$folder/systemd/"
        install -m 755 "$root/distrib/install/sekimori-broker" "$folder/bin/"
    fi
    cp "$root/distrib/systemd/sekimori-$1.service" "$folder/systemd/"
    [ "$1" = console ] || cp "$root"/distrib/systemd/sekimori-slot.* "$folder/systemd/"
    install -m 755 "$root/distrib/bin/sekimori-gateway" "$home/distrib/bin/"
    install -m 755 "$root/distrib/install/sekimori" "$folder/bin/"
    install -m 755 "$root/distrib/install/install.sh" "$folder/"
    cp "$root/LICENSE" "$folder/"
    fill_documentation "$home/doc"
    # Beside install.sh, where it is looked for first; the pages it leads to are further in.
    sed -E 's|\]\(([^)#:]+\.md)|](share/doc/docs/\1|g' "$root/docs/install.md" >"$folder/install.md"
    printf '%s\n' "$1" >"$folder/product"
    product_version >"$folder/version"
    "$JAVA_HOME/bin/java" "$root/checks/src/main/java/io/sekimori/checks/BillOfMaterials.java" "$root" "$1" "$folder" ||
        fail "The bill of materials could not be made."
    chmod -R u=rwX,go=rX "$folder"
    link_copies "$folder"
    (cd "$folder" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS)
}

# fill_documentation FOLDER: what is read where the product runs and all that it leads to, by the paths they have here,
# so that each link leads somewhere.
fill_documentation() {
    local page link pages=(docs/{install,console,local,cli,device-maker,update-policy,notices,vault}.md)
    while [ ${#pages[@]} -gt 0 ]; do
        page=${pages[0]} pages=("${pages[@]:1}")
        [ ! -e "$1/$page" ] || continue
        [ -f "$root/$page" ] || fail "$page, which a page of the archive leads to, is no file."
        mkdir -p "$(dirname "$1/$page")"
        cp "$root/$page" "$1/$page"
        [[ $page != *.md ]] || while read -r link; do
            pages+=("$(realpath -m --relative-to="$root" "$root/$(dirname "$page")/$link")")
        done < <(links_of "$root/$page")
    done
}

# links_of PAGE: the files it leads to, as it names them, each once
links_of() { grep -oE '\]\([^)# ]+' "$1" | cut -c3- | grep -v ':' | LC_ALL=C sort -u; }

# One file of those with the same bytes; the others become links to it, here and where it is unpacked.
link_copies() {
    local sum file first=''
    while read -r sum file; do
        if [ "${first%% *}" = "$sum" ]; then ln -f "${first#* }" "$file"; else first="$sum $file"; fi
    done < <(find "$1/lib" "$1/share" -name '*.jar' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | LC_ALL=C sort -s -k1,1)
}
