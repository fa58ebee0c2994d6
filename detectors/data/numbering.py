"""Writes src/pii/general/numbering.tsv: which phone numbers there are, from the metadata of libphonenumber.

    pip install phonenumbers==9.0.43
    python detectors/data/numbering.py > detectors/src/pii/general/numbering.tsv

One line per country calling code: the code, the regions, and a pattern of the numbers behind the code.
"""

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

print("# libphonenumber", phonenumbers.__version__, "(Apache-2.0), written by detectors/data/numbering.py")
for code, regions in sorted(COUNTRY_CODE_TO_REGION_CODE.items()):
    patterns = []
    for region in regions:
        metadata = (
            PhoneMetadata.metadata_for_nongeo_region(code)
            if region == "001"
            else PhoneMetadata.metadata_for_region(region)
        )
        pattern = metadata.general_desc.national_number_pattern.replace("\\d", "[0-9]")
        if pattern not in patterns:
            patterns.append(pattern)
    # The plan of North America is one plan; without its numbers of seven digits, which nobody dials from abroad.
    patterns = ["[2-9][0-9]{9}"] if code == 1 else patterns
    print(code, " ".join(sorted(regions)), "|".join(patterns), sep="\t")
