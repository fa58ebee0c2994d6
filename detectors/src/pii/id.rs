//! Identifiers that states give out, one file per country.

use super::category::Category;

mod ae;
mod ar;
mod at;
mod au;
mod be;
mod bg;
mod br;
mod ca;
mod ch;
mod cl;
mod cn;
mod co;
mod cz;
mod de;
mod dk;
mod dominican;
mod ec;
mod ee;
mod eg;
mod es;
mod fi;
mod fr;
mod gb;
mod gr;
mod hk;
mod hr;
mod hu;
mod iceland;
mod ie;
mod il;
mod india;
mod indonesia;
mod it;
mod jp;
mod kr;
mod kz;
mod lt;
mod lu;
mod lv;
mod mx;
mod my;
mod ng;
mod nl;
mod no;
mod nz;
mod pe;
mod pk;
mod pl;
mod pt;
mod ro;
mod ru;
mod sa;
mod se;
mod sg;
mod si;
mod th;
mod tr;
mod tw;
mod ua;
mod us;
mod uy;
mod ve;
mod za;

/// All of them, in the order of their files.
pub(super) const ALL: &[&[Category]] = &[
    ae::CATEGORIES,
    ar::CATEGORIES,
    at::CATEGORIES,
    au::CATEGORIES,
    be::CATEGORIES,
    bg::CATEGORIES,
    br::CATEGORIES,
    ca::CATEGORIES,
    ch::CATEGORIES,
    cl::CATEGORIES,
    cn::CATEGORIES,
    co::CATEGORIES,
    cz::CATEGORIES,
    de::CATEGORIES,
    dk::CATEGORIES,
    dominican::CATEGORIES,
    ec::CATEGORIES,
    ee::CATEGORIES,
    eg::CATEGORIES,
    es::CATEGORIES,
    fi::CATEGORIES,
    fr::CATEGORIES,
    gb::CATEGORIES,
    gr::CATEGORIES,
    hk::CATEGORIES,
    hr::CATEGORIES,
    hu::CATEGORIES,
    iceland::CATEGORIES,
    ie::CATEGORIES,
    il::CATEGORIES,
    india::CATEGORIES,
    indonesia::CATEGORIES,
    it::CATEGORIES,
    jp::CATEGORIES,
    kr::CATEGORIES,
    kz::CATEGORIES,
    lt::CATEGORIES,
    lu::CATEGORIES,
    lv::CATEGORIES,
    mx::CATEGORIES,
    my::CATEGORIES,
    ng::CATEGORIES,
    nl::CATEGORIES,
    no::CATEGORIES,
    nz::CATEGORIES,
    pe::CATEGORIES,
    pk::CATEGORIES,
    pl::CATEGORIES,
    pt::CATEGORIES,
    ro::CATEGORIES,
    ru::CATEGORIES,
    sa::CATEGORIES,
    se::CATEGORIES,
    sg::CATEGORIES,
    si::CATEGORIES,
    th::CATEGORIES,
    tr::CATEGORIES,
    tw::CATEGORIES,
    ua::CATEGORIES,
    us::CATEGORIES,
    uy::CATEGORIES,
    ve::CATEGORIES,
    za::CATEGORIES,
];
