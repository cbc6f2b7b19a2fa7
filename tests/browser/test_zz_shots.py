from tests.exchange.conftest import *
import os
def test_shots(site, visit, fresh_database):
    from tests.cast import acting
    from zhitong.kit import clock
    content=sheet(firm(1), firm(2, revenue="约300"), firm(3, region="别处镇"), firm(4, code="123"))
    good=sheet(firm(1), firm(5))
    led=sheet([FIRM,"厂区外道路破损","2018年2月3日","甩项","已修复"], heads=("谁","诉求内容","受理时间","进度","处理结果"))
    with clock.held_at(NOW):
        a=staged(content); b=staged(good,name="某县重点企业花名册（2018年一季度）.xlsx"); c=staged(led,UploadKind.LEDGER,name="老台账.xls")
    address=site()
    for phone in (False,True):
        v=visit(address,"park_office",phone=phone)
        for name,path in (("list","/exchange/"),("wrong",f"/exchange/{a}/"),("good",f"/exchange/{b}/"),("ledger",f"/exchange/{c}/")):
            v.open(path)
            v.page.screenshot(path=f"/tmp/shots/ex-{name}-{'390' if phone else '1440'}.png",full_page=True)
            print(name,phone,"overflow" if v.page.evaluate("document.documentElement.scrollWidth>window.innerWidth+1") else "ok",v.troubles)
