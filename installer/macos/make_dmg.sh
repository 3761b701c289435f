#!/bin/bash
# From PowerStream.app to a signed, notarised disk image. On a Mac, after `bootstrap.py package`:
#   installer/macos/make_dmg.sh build/package/dist/PowerStream.app PowerStream-0.1.0-arm64.dmg
# SIGN_AS   the name of a "Developer ID Application" certificate in the keychain; without it the app is signed for this Mac only.
# NOTARY    the name of a profile made by `xcrun notarytool store-credentials`; without it the image is not notarised.
set -euo pipefail

app=$1
image=$2
entitlements=$(dirname "$0")/entitlements.plist
identity=${SIGN_AS:--}

sign() {
    if [ "$identity" = - ]; then
        codesign --force --sign - "$@"
    else
        codesign --force --timestamp --options runtime --sign "$identity" "$@"
    fi
}

# From the inside out: a seal on the outside covers those inside. --deep would give every library the app's entitlements.
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 | while IFS= read -r -d '' library; do
    sign "$library"
done
find "$app/Contents/Frameworks" -type d -name '*.framework' -prune -print0 | while IFS= read -r -d '' framework; do
    sign "$framework"
done
sign --entitlements "$entitlements" "$app/Contents/MacOS/powerstream"
sign --entitlements "$entitlements" "$app"
codesign --verify --strict --deep "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
rm -f "$image"
hdiutil create -volname PowerStream -srcfolder "$stage" -fs HFS+ -format ULFO "$image"

if [ "$identity" != - ]; then
    sign "$image"
fi
if [ -n "${NOTARY:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY" --wait
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature "$image"
fi
echo "$image"
